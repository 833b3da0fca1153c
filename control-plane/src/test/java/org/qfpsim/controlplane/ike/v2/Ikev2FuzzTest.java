package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.MalformedMessageException;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadReader;
import org.qfpsim.controlplane.ike.v2.wire.PayloadWriter;

/** Whatever arrives, nothing is thrown, nothing grows, and who is connected stays so. */
class Ikev2FuzzTest {
    private static final int ROUNDS = 4_000 * Integer.getInteger("qfp.test.scale", 1);

    /** Octets of anybody: as a whole message, and as the inside of one. */
    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] message) {
        final TwoParties two = new TwoParties(1);
        two.a.service.receive(IkePath.between(two.a.address, two.a.peer), message);
        assertThat(two.a.service.ikeSas().size()).isLessThanOrEqualTo(1);
        if (message.length > 0) {
            inside(message[0] & 0xff, Arrays.copyOfRange(message, 1, message.length));
        }
    }

    /** What can be read and written again is the same when it is read again. */
    private static void inside(final int first, final byte[] plain) {
        try {
            final List<Payload> payloads = PayloadReader.inner(first, plain);
            if (payloads.stream().noneMatch(Payload.Other.class::isInstance)) {
                final byte[] written = PayloadWriter.chain(payloads);
                assertThat(PayloadWriter.chain(PayloadReader.inner(PayloadWriter.first(payloads), written))).isEqualTo(written);
            }
        } catch (final MalformedMessageException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void shouldSurviveDamageOnTheWire() {
        final List<Net.Datagram> good = exchange();
        final TwoParties two = TwoParties.connected(1);
        for (int round = 0; round < ROUNDS; round++) {
            final SplittableRandom random = new SplittableRandom(31 + round);
            final Net.Datagram original = good.get(random.nextInt(good.size()));
            final byte[] damaged = damaged(original.message(), random);
            if (Arrays.equals(damaged, original.message())) {
                // The twin that made these messages has the same keys, so this one would be good.
                continue;
            }
            final Party to = original.to().name.equals("A") ? two.a : two.b;
            to.service.receive(new IkePath(to.address, 500, to.peer, 500), damaged);
            if (round % 50 == 0) {
                two.seconds(10);
            }
        }
        two.seconds(200);
        two.agree(1);
    }

    /** Behind a good integrity check: a peer with a broken mind. */
    @Test
    void shouldSurviveDamageBehindTheIntegrityCheck() throws MalformedMessageException {
        final List<byte[]> chains = new ArrayList<>();
        final List<Integer> firsts = new ArrayList<>();
        for (final Net.Datagram datagram : exchange()) {
            if (datagram.header().exchange() == Header.IKE_SA_INIT) {
                final List<Payload> payloads = PayloadReader.outer(datagram.header(), datagram.message());
                chains.add(PayloadWriter.chain(payloads));
                firsts.add(PayloadWriter.first(payloads));
            }
        }
        final List<List<Payload>> inner = Insides.of();
        for (final List<Payload> payloads : inner) {
            chains.add(PayloadWriter.chain(payloads));
            firsts.add(PayloadWriter.first(payloads));
        }
        for (int round = 0; round < ROUNDS; round++) {
            final SplittableRandom random = new SplittableRandom(77 + round);
            final int which = random.nextInt(chains.size());
            inside(firsts.get(which), damaged(chains.get(which), random));
        }
    }

    private static List<Net.Datagram> exchange() {
        final TwoParties two = TwoParties.connected(1);
        two.a.rekeyChild();
        two.seconds(1);
        two.b.service.rekeyIkeSa(two.b.address, two.b.peer);
        two.seconds(1);
        two.a.service.clear(null, false);
        two.seconds(1);
        two.agree(0);
        return List.copyOf(two.net.log);
    }

    static byte[] damaged(final byte[] message, final SplittableRandom random) {
        byte[] copy = message.clone();
        for (int times = random.nextInt(4); times >= 0 && copy.length > 0; times--) {
            final int at = random.nextInt(copy.length);
            switch (random.nextInt(5)) {
                case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> copy[at] = (byte) random.nextInt();
                case 2 -> copy[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
                case 3 -> copy = Arrays.copyOf(copy, at);
                default -> copy = Arrays.copyOf(copy, copy.length + random.nextInt(20));
            }
        }
        if (copy.length >= Header.OCTETS && random.nextBoolean()) {
            // So that the damage is seen by more than the first check.
            copy[24] = 0;
            copy[25] = 0;
            copy[26] = (byte) (copy.length >> 8);
            copy[27] = (byte) copy.length;
        }
        return copy;
    }
}
