package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Two whole control planes, traffic in both directions, commands and crashes at random, over a network that loses, doubles, delays and
 * reorders every IKE message. When it is quiet again both ends have the same SAs with the same keys and packets pass; when the traffic
 * ends too, nothing is left anywhere: no IKE SA, no pair, no SPI, no SA in the datapath, no record in the store, no timer.
 */
class FaultStormTest {
    private static final int RUNS = 500 * Integer.getInteger("qfp.test.scale", 1);
    private static final long FIRST_SEED = 20_261_126_000L;
    private static final int SECONDS = 300;
    private static final int IKE_SECONDS = 420;

    private static final List<IkeFactory> IKE = List.of(
        (config, engine, transport, timers, log, random) ->
            new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT),
        (config, engine, transport, timers, log, random) ->
            new Ikev2Service(new Ikev2Context(config, engine, transport, timers, log, random, IkeKeyLog.NONE)));

    /** One end: a router that can crash, and its disk. */
    private static final class End {
        final RouterConfig config;
        final SaStore store;
        Lab.Router router;

        End(final Lab lab, final TestConfig config, final SaStore store) {
            this.config = config.build();
            this.store = store;
            router = lab.router(config.address(), this.config, store, RekeyMargins.IOS);
        }
    }

    /** One seed. */
    private static final class Run {
        final Random random;
        final Lab lab;
        final End a;
        final End b;
        long sent;

        Run(final int version, final long seed, final SaStore storeA, final SaStore storeB) {
            random = new Random(seed);
            lab = new Lab(seed, IKE);
            final boolean restores = random.nextInt(4) == 0;
            final DpdConfig dpd = random.nextInt(3) == 0 ? null : new DpdConfig(10, 2, random.nextBoolean());
            a = new End(lab, config(SaLifeTest.sender(), version, restores, dpd), storeA);
            b = new End(lab, config(SaLifeTest.receiver(), version, restores, dpd), storeB);
            quiet(seed % 10 == 0);
        }

        private static TestConfig config(final TestConfig plain, final int version, final boolean restores, final DpdConfig dpd) {
            final TestConfig config = plain.recovery().lifetime(SECONDS, 0).ike(31, IKE_SECONDS, dpd);
            final TestConfig kept = restores ? config.restore() : config;
            return version == 2 ? kept.ikev2() : kept;
        }

        /** Debug lines are made in some runs only: they are half of the work. */
        private void quiet(final boolean debugging) {
            a.router.log.debugging = debugging;
            b.router.log.debugging = debugging;
        }

        void storm() {
            lab.faults(random.nextDouble(0.4), random.nextDouble(0.4), 1 + random.nextLong(3 * Lab.SECOND));
            for (int i = 0; i < 12; i++) {
                act(random.nextBoolean() ? a : b);
                traffic(1 + random.nextInt(10), 1);
            }
            lab.faults(0, 0, 0);
        }

        private void act(final End end) {
            final ControlPlane plane = end.router.plane;
            switch (random.nextInt(9)) {
                case 0 -> plane.sas().clearCryptoSa(null);
                case 1 -> plane.sas().clearIke(1 + random.nextInt(2), sa -> true, false);
                case 2 -> plane.sas().clearSession(path -> true);
                case 3 -> plane.sas().lose(null, random.nextBoolean());
                case 4, 5 -> plane.sas().rekeyCryptoSa(null);
                case 6, 7 -> plane.sas().rekeyIkeSa(null);
                default -> {
                    final boolean debugging = end.router.log.debugging;
                    end.router = lab.restart(end.router, end.config, end.store);
                    end.router.log.debugging = debugging;
                }
            }
        }

        /** A packet each way every so often. */
        void traffic(final int packets, final int seconds) {
            for (int i = 0; i < packets; i++) {
                send(a, b);
                send(b, a);
                lab.run(seconds * Lab.SECOND);
            }
        }

        private void send(final End from, final End to) {
            sent++;
            final SaSpec sa = from.router.datapath.send(from.router.flow(), 100);
            if (sa != null) {
                lab.at(Lab.LATENCY, () -> to.router.datapath.receive(sa, 100));
            }
        }

        long delivered() {
            return a.router.datapath.delivered + b.router.datapath.delivered;
        }

        /** The same pairs with the same keys at both ends; one that is being negotiated is waited for. */
        void agree() {
            for (int i = 0; i < 3 && !pairs(a.router, false).equals(pairs(b.router, true)); i++) {
                traffic(2, 1);
            }
            assertThat(pairs(a.router, false)).isEqualTo(pairs(b.router, true)).isNotEmpty();
            final long before = delivered();
            sent = 0;
            traffic(3, 1);
            assertThat(delivered() - before).as("packets that passed").isEqualTo(sent);
        }

        private static Set<List<Object>> pairs(final Lab.Router router, final boolean turned) {
            return router.plane.ipsec().pairs().stream().map(SaPair::child).map(child -> List.<Object>of(
                turned ? child.outboundSpi() : child.inboundSpi(), turned ? child.inboundSpi() : child.outboundSpi(),
                java.util.HexFormat.of().formatHex((turned ? child.outboundKeys() : child.inboundKeys()).key()),
                java.util.HexFormat.of().formatHex((turned ? child.inboundKeys() : child.outboundKeys()).key())))
                .collect(Collectors.toSet());
        }

        void nothingLeft() {
            // Every IKE SA and every pair that had traffic is replaced once more and then is not.
            lab.run(2L * (SECONDS + IKE_SECONDS) * Lab.SECOND);
            for (final End end : List.of(a, b)) {
                final Lab.Router router = end.router;
                assertThat(router.datapath.violations).isEmpty();
                assertThat(router.plane.ike().stream().flatMap(ike -> ike.ikeSas().stream())).as("IKE SAs").isEmpty();
                assertThat(router.plane.ipsec().pairs()).as("pairs").isEmpty();
                assertThat(router.plane.ipsec().transientSpis()).as("SPIs").isZero();
                assertThat(router.datapath.inbound).as("inbound SAs").isEmpty();
                assertThat(router.datapath.outbound).as("outbound SAs").isEmpty();
                assertThat(end.store.all()).as("the store").isEmpty();
                assertThat(router.timers.pending()).as("timers, beside the store's").isOne();
            }
        }
    }

    /** Returns how many messages there were, and how many of them were lost or doubled. */
    private static long[] run(final int version, final long seed, final SaStore storeA, final SaStore storeB) {
        try {
            final Run run = new Run(version, seed, storeA, storeB);
            run.storm();
            // Longer than any retransmission and than a pause of recovery.
            run.traffic(180, 4);
            run.agree();
            run.nothingLeft();
            return new long[] {run.lab.messages, run.lab.faults};
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError("IKEv" + version + ", seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAgreeAndLeaveNothingBehindAfterAnyFaults(final int version) {
        long messages = 0;
        long faults = 0;
        for (int i = 0; i < RUNS; i++) {
            final long[] counts = run(version, FIRST_SEED + i, new MemoryDisk(), new MemoryDisk());
            messages += counts[0];
            faults += counts[1];
        }
        System.out.println("IKEv" + version + ": " + RUNS + " seeds from " + FIRST_SEED + " on, " + messages + " messages, " + faults
            + " of them lost or doubled");
        assertThat(faults).as("the runs must not be trivial").isGreaterThan(10L * RUNS);
    }

    @Test
    void shouldLeaveNothingInTheDatabaseEither(@TempDir final Path directory) {
        for (int i = 0; i < 4; i++) {
            try (SaDatabase ofA = SaDatabase.open(directory.resolve("a" + i), 1000);
                 SaDatabase ofB = SaDatabase.open(directory.resolve("b" + i), 1000)) {
                run(1 + i % 2, FIRST_SEED + i, new DatabaseSaStore(ofA, 0), new DatabaseSaStore(ofB, 0));
                assertThat(ofA.size() + ofB.size()).isZero();
            }
        }
    }
}
