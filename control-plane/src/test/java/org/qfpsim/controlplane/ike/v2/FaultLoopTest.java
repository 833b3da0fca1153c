package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.IkeConfig;

/**
 * Random wishes at both ends over a network that loses, doubles, delays and reorders. When it is quiet again both ends have the same IKE
 * SAs and pairs, or none, and no SPI is left over.
 */
class FaultLoopTest {
    private static final int RUNS = 200 * Integer.getInteger("qfp.test.scale", 1);

    @Test
    void shouldAgreeAfterAnyFaults() {
        int withPairs = 0;
        int collisions = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            try {
                final TwoParties two = run(seed);
                withPairs += two.a.engine.pairs.isEmpty() ? 0 : 1;
                collisions += two.a.service.count(Ikev2Event.COLLISION) > 0 ? 1 : 0;
            } catch (final RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        // The runs must not be trivial.
        assertThat(withPairs).isGreaterThan(RUNS / 4);
        assertThat(collisions).isGreaterThan(RUNS / 10);
    }

    private static TwoParties run(final int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final TwoParties two = new TwoParties(seed);
        for (final Party party : List.of(two.a, two.b)) {
            party.config.dpd = new IkeConfig.Dpd(30, 2, true);
            party.config.proposals = List.of(FakeConfig.living(300));
            party.config.fragmentationMtu = random.nextInt(3) == 0 ? 200 : 0;
            party.config.cookieChallenge = random.nextInt(2);
        }
        two.net.lossPercent = random.nextInt(30);
        two.net.doublePercent = random.nextInt(30);
        two.net.jitterNanos = random.nextLong(1, 800) * Net.MILLI;
        for (int step = 0; step < 25; step++) {
            act(random.nextBoolean() ? two.a : two.b, random);
            if (random.nextInt(3) == 0) {
                act(random.nextBoolean() ? two.a : two.b, random);
            }
            two.millis(random.nextInt(6_000));
        }
        two.net.lossPercent = 0;
        two.net.doublePercent = 0;
        two.net.jitterNanos = 0;
        // Longer than any retransmission, half-open IKE SA or lingering one; no rekey falls into the last second.
        two.a.config.proposals = List.of(FakeConfig.living(100_000));
        two.b.config.proposals = two.a.config.proposals;
        two.seconds(1_200);
        two.agree();
        assertThat(two.a.service.count(Ikev2Event.MALFORMED) + two.b.service.count(Ikev2Event.MALFORMED)).isZero();
        assertThat(two.a.service.count(Ikev2Event.NOT_AUTHENTIC) + two.b.service.count(Ikev2Event.NOT_AUTHENTIC)).isZero();
        return two;
    }

    private static void act(final Party party, final SplittableRandom random) {
        final Integer spi = party.engine.pairs.keySet().stream().skip(random.nextInt(3)).findFirst().orElse(null);
        switch (random.nextInt(12)) {
            case 0, 1 -> party.connect();
            case 2, 3, 4, 5 -> {
                if (spi == null) {
                    party.connect();
                } else {
                    party.service.requestChild(party.engine.policy, party.peer, spi);
                }
            }
            case 6, 7, 8 -> party.service.rekeyIkeSa(party.address, party.peer);
            case 9, 10 -> {
                if (spi != null && party.service.sendDelete(party.address, party.peer, List.of(spi), random.nextBoolean())) {
                    party.engine.remove(spi);
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    party.service.clear(null, false);
                }
            }
        }
    }
}
