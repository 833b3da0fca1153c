package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * A hub with many peers restarts: from the database to the last SA in the datapath. 100,000 SAs (50,000 peers) with {@code -Plong}; how
 * long it took is printed.
 */
class RestoreAtScaleTest {
    private static final int SAS = Integer.getInteger("qfp.test.scale", 1) > 1 ? 100_000 : 2_000;
    private static final EspSuite SUITE = EspSuite.AES_CBC_128_SHA1_96;
    private static final String HUB = "10.0.0.1";
    private static final int FIRST_SPI = 0x1000;

    private final Random random = new Random(3);

    private SaStore.StoredSa pair(final int number) {
        final IkePath path = IkePath.between(IpAddress.parse(HUB), IpAddress.v4(0x0b00_0000 + number));
        final TrafficSelector selector = TrafficSelector.between(IpPrefix.parse("192.168.1.0/24"),
            new IpPrefix(IpAddress.v4(0xac10_0000 + number), 32));
        final ChildPolicy policy = new ChildPolicy(number, "DYN 10", path.local(), path.remote(), selector, SaSpec.Mode.TUNNEL,
            List.of(SUITE), false, 0, 3600, 4_608_000, 64, 1);
        return new SaStore.StoredSa(new ChildSa(policy, path, false, FIRST_SPI + number, random.nextInt(), SUITE, SaSpec.Mode.TUNNEL,
            false, keys(), keys(), selector, 3600, 4_608_000, false, null), 0, 7, 8, true, 0);
    }

    private EspKeys keys() {
        final EspKeys keys = new EspKeys(new byte[SUITE.keyBytes()], new byte[SUITE.saltBytes()], new byte[SUITE.authKeyBytes()]);
        random.nextBytes(keys.key());
        random.nextBytes(keys.authKey());
        return keys;
    }

    @Test
    void shouldRestoreAllSasFromTheDatabaseIntoTheDatapath(@TempDir final Path directory) throws CryptoUnavailableException {
        try (SaDatabase before = SaDatabase.open(directory.resolve("state"), SAS)) {
            final DatabaseSaStore store = new DatabaseSaStore(before, 0);
            for (int number = 0; number < SAS / 2; number++) {
                store.put(pair(number));
            }
        }
        final RouterConfig config = TestConfig.at(HUB).dynamicMap().restore().build();
        try (CryptoBackends crypto = CryptoBackends.open("auto"); CounterStore counters = CounterStore.inMemory(1);
            RoutedPipeline pipeline = new RoutedPipeline(new PipelineConfig().ringSlots(64), crypto.all(), counters,
                (port, buffer, offset, length, nanos) -> true, CommitObserver.NONE)) {
            pipeline.configure(RoutedConfig.of(List.of(
                InterfaceSpec.ethernet(0, TestConfig.OUTSIDE, new MacAddress(0x0200_0000_0001L), HUB + "/24"))));
            pipeline.drain();
            final long start = System.nanoTime();
            try (SaDatabase after = SaDatabase.open(directory.resolve("state"), SAS)) {
                final ControlPlane plane = new ControlPlane(new ControlPlaneParts(new Timers(),
                    new RoutedIpsec(pipeline, () -> config, spec -> { }), packet -> { }, EventLog.SILENT, new Random(1),
                    new DatabaseSaStore(after, 0), RekeyMargins.IOS, List.of()), config);
                pipeline.drain();
                final double seconds = (System.nanoTime() - start) / 1e9;
                assertThat(plane.ipsec().pairs()).hasSize(SAS / 2)
                    .allMatch(pair -> pair.is(SaPair.State.ACTIVE) && pair.inboundUse().sequence() == 7);
                assertThat(plane.ipsec().flows()).hasSize(SAS / 2);
                assertThat(pipeline.pipeline().installer().installed()).hasSize(SAS / 2);
                assertThat(pipeline.configuration().cryptoMap()).hasSize(SAS / 2);
                System.out.printf("%,d SAs restored and installed in %.2f s%n", SAS, seconds);
            }
        }
    }
}
