package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.datapath.packet.IpAddress;

/** Lost, doubled, delayed and reordered messages: in the end both ends have the same IPsec SAs or none, and no SPI is leaked. */
class Ikev1FaultTest {
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);

    static Stream<Integer> losses() {
        return IntStream.range(0, 9).boxed();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void shouldSurviveTheLossOfEachMessage(final int lost) {
        final Peers peers = new Peers(3 + lost);
        final int[] count = {0};
        peers.wire.filter(message -> count[0]++ != lost);
        peers.a.request(0);
        peers.run(30);
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.service.ikeSas()).hasSize(1);
        assertThat(peers.b.service.ikeSas().stream().filter(sa -> "QM_IDLE".equals(sa.state()))).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void shouldSurviveTheLossOfEachMessageInAggressiveModeWithXauth(final int lost) {
        final Peers peers = new Peers(30 + lost);
        peers.a.config.ezvpn(true, "branch", "alice", "open");
        peers.b.config.ezvpn(false, "branch", "alice", "open");
        final int[] count = {0};
        peers.wire.filter(message -> count[0]++ != lost);
        peers.a.request(0);
        peers.run(60);
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void shouldSurviveThatEveryMessageComesTwice(final int seed) {
        final Peers peers = new Peers(100 + seed);
        peers.a.config.aggressive(seed % 2 == 0);
        peers.wire.faults(0, 1, 300);
        peers.a.request(0);
        peers.b.request(1);
        peers.run(60);
        // One may be gone again: both ends have begun with INITIAL_CONTACT.
        assertThat(peers.a.engine.pairs()).isNotEmpty();
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldEndWithNothingIfTheThirdMessageOfQuickModeNeverComes() {
        final Peers peers = new Peers(7);
        peers.a.request(0);
        peers.run(1);
        peers.wire.filter(message -> message[18] != Isakmp.QUICK_MODE || message.length > 80);
        peers.a.request(1);
        peers.run(100);
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldEndTheIsakmpSaThatThePeerHasLost() {
        final Peers peers = new Peers(8);
        peers.a.request(0);
        peers.run(1);
        peers.b.restart();
        peers.a.request(1);
        peers.run(61);
        assertThat(peers.a.engine.events()).contains("failed map 1: Phase 2 err count exceeded");
        assertThat(peers.a.service.ikeSas()).isEmpty();
        peers.a.request(1);
        peers.run(1);
        assertThat(peers.b.engine.pairs()).hasSize(1);
    }

    @Test
    void shouldConvergeAfterRandomFaults() {
        for (int run = 0; run < 100 * SCALE; run++) {
            final long seed = 20_261_125L + run;
            try {
                storm(new Peers(seed), new Random(seed));
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void storm(final Peers peers, final Random random) {
        peers.a.config.aggressive(random.nextInt(4) == 0).dpd(10, 2, true);
        peers.b.config.dpd(10, 2, true);
        if (random.nextInt(4) == 0) {
            peers.wire.nat(Peers.ADDRESS_A, IpAddress.parse("198.51.100.7"));
        }
        peers.wire.faults(random.nextDouble(0.4), random.nextDouble(0.4), 1 + random.nextInt(3000));
        for (int i = 0; i < 12; i++) {
            act(peers, random);
            peers.run(random.nextDouble(20));
        }
        peers.wire.faults(0, 0, 5);
        for (int i = 0; i < 40; i++) {
            peers.run(10);
            traffic(peers, peers.a, peers.b);
            traffic(peers, peers.b, peers.a);
        }
        peers.run(10);
        assertThat(Peers.pairs(peers.a, false)).isEqualTo(Peers.pairs(peers.b, true));
        assertThat(peers.agree()).isTrue();
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).isNotEmpty();
    }

    private static void act(final Peers peers, final Random random) {
        final Peers.Router one = random.nextBoolean() ? peers.a : peers.b;
        final IpAddress other = one.engine.pairs().values().stream().map(child -> child.path().remote()).findFirst().orElse(one.other);
        switch (random.nextInt(8)) {
            case 0 -> one.service.clear(null, false);
            case 1 -> one.restart();
            case 2 -> {
                final List<Integer> spis = new ArrayList<>(one.engine.pairs().keySet());
                spis.forEach(one.engine::remove);
                one.service.sendDelete(one.address, other, spis, false);
            }
            default -> {
                if (one == peers.a || one.service.hasIkeSa(one.address, other)) {
                    one.service.requestChild(peers.policy(one == peers.a, random.nextInt(3)), other, null);
                }
            }
        }
    }

    /** Packets leave through every pair; the receiver answers an SPI that it does not know as invalid-SPI recovery does. */
    private static void traffic(final Peers peers, final Peers.Router from, final Peers.Router to) {
        for (final ChildSa child : List.copyOf(from.engine.pairs().values())) {
            if (!to.engine.pairs().containsKey(child.outboundSpi())) {
                final IpAddress seen = to.service.ikeSas().stream().map(sa -> sa.path().remote()).findFirst()
                    .orElse(to.other);
                if (!to.service.sendDelete(to.address, seen, List.of(child.outboundSpi()), false)) {
                    // Always A: if there is a NAT, nobody reaches it from outside.
                    peers.a.service.requestIkeSa(peers.a.address, peers.b.address, false, null, (up, reason) -> assertThat(reason).isNotNull());
                }
            }
        }
    }
}
