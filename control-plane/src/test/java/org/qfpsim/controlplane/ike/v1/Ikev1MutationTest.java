package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.IkePath;

/** Whole valid exchanges with changed messages among them, outside the protection and inside: nothing is thrown, and nothing sticks. */
class Ikev1MutationTest {
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);

    @Test
    void shouldSurviveChangedMessages() {
        for (int run = 0; run < 25 * SCALE; run++) {
            final long seed = 4711L + run;
            final Peers peers = new Peers(seed);
            final Random random = new Random(seed);
            peers.a.config.aggressive(random.nextInt(3) == 0);
            if (random.nextInt(3) == 0) {
                peers.a.config.ezvpn(true, "branch", "alice", "open");
                peers.b.config.ezvpn(false, "branch", "alice", "open");
            }
            peers.wire.filter(message -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    final byte[] changed = change(message, random);
                    peers.timers.after(random.nextInt(3_000_000), () -> {
                        peers.a.service.receive(IkePath.between(Peers.ADDRESS_A, Peers.ADDRESS_B), changed);
                        peers.b.service.receive(IkePath.between(Peers.ADDRESS_B, Peers.ADDRESS_A), changed);
                    });
                }
                return random.nextInt(4) != 0;
            });
            peers.a.request(0);
            peers.b.request(1);
            peers.run(30);
            peers.wire.filter(message -> true);
            peers.run(300);
            for (int attempt = 0; attempt < 3 && peers.a.engine.pairs().isEmpty(); attempt++) {
                // An ISAKMP SA that the other end has lost is found out by the first Quick Mode that nobody answers.
                peers.a.request(2);
                peers.run(70);
            }
            assertThat(peers.a.engine.pairs()).as("seed %d", seed).isNotEmpty();
            assertThat(peers.agree()).as("seed %d: %s %s", seed, peers.a.engine.events(), peers.b.engine.events()).isTrue();
            assertThat(peers.a.service.count(Ikev1Counter.MALFORMED)).isPositive();
        }
    }

    @Test
    void shouldSurviveChangedMessagesThatAreProtected() throws MalformedException {
        final List<byte[]> bodies = List.of(
            quickModeBody(), PayloadChain.of(List.of(DeleteBody.esp(List.of(1, 2, 3)).payload(), DeleteBody.isakmp(1, 2).payload())).octets(),
            PayloadChain.of(List.of(new NotifyBody(1, Isakmp.R_U_THERE, new byte[16], new byte[4]).payload())).octets(),
            PayloadChain.of(List.of(new ConfigBody(ConfigBody.REQUEST, 7, List.of(Attribute.variable(7), Attribute.basic(8, 9)))
                .payload())).octets());
        final int[] first = {Isakmp.SA, Isakmp.DELETE, Isakmp.NOTIFY, Isakmp.ATTRIBUTES};
        final Random random = new Random(42);
        Peers peers = new Peers(42);
        for (int run = 0; run < 3000 * SCALE; run++) {
            if (run % 100 == 0) {
                peers = new Peers(run);
                peers.a.request(0);
                peers.run(1);
            }
            final int which = random.nextInt(bodies.size());
            final byte[] changed = change(bodies.get(which), random);
            Ikev1FuzzTest.inject(peers, 2 + 16 * random.nextInt(3), random.nextInt(20) == 0 ? random.nextInt(30) : first[which], changed);
            if (run % 100 == 99) {
                peers.run(200);
                assertThat(peers.b.engine.reserved()).isEmpty();
            }
        }
    }

    private static byte[] quickModeBody() {
        final Peers peers = new Peers(1);
        final List<Transform> transforms = Phase2Transform.offer(peers.policy(true, 1), false);
        return PayloadChain.of(List.of(
            new Payload(Isakmp.SA, new SaBody(List.of(new Proposal(1, Isakmp.PROTO_ESP, Octets.of(0x1234_5678), transforms))).encode()),
            new Payload(Isakmp.NONCE, new byte[20]), IdBody.of(peers.policy(true, 1).selector(), true).payload(),
            IdBody.of(peers.policy(true, 1).selector(), false).payload())).octets();
    }

    private static byte[] change(final byte[] message, final Random random) {
        byte[] changed = message.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            final int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt(256);
                case 2 -> changed = Arrays.copyOf(changed, 1 + random.nextInt(changed.length));
                case 3 -> changed = Arrays.copyOf(changed, changed.length + random.nextInt(64));
                default -> changed[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
            }
        }
        if (changed.length >= Isakmp.HEADER && random.nextInt(3) != 0) {
            // The length in the header right, so that more is looked at.
            System.arraycopy(Octets.of(changed.length), 0, changed, 24, 4);
        }
        return changed;
    }
}
