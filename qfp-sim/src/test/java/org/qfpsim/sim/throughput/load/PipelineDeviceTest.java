package org.qfpsim.sim.throughput.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.pipeline.DispatchPolicy;

/** A short real run: what it measures depends on the machine, that it adds up does not. */
class PipelineDeviceTest {
    private static TrialResult run(final String mix, final int window, final int ppes, final int threads, final TrialSpec trial) {
        final TrafficSpec traffic = new TrafficSpec(Sizes.parse("IMIX", 1500).getFirst(), Mix.parse(mix), EspSuite.AES_GCM_128_16, 5,
            window, false, 1600, 1);
        try (PipelineDevice device = new PipelineDevice(traffic,
            new DeviceSpec(ppes, threads, 256, DispatchPolicy.ANY_IDLE, "auto", 1 << 22, EngineToken.OCT, null, 0))) {
            assertThat(device.most(0.1)).isPositive();
            return device.run(trial, () -> false);
        }
    }

    @Test
    void shouldAccountForEveryFrameOfRealThreads() {
        final TrialResult result = run("good", 64, 1, 0, new TrialSpec("test", 50_000, 0.1, 1));
        assertThat(result.conservation()).isEmpty();
        assertThat(result.offered()).isEqualTo(5000);
        assertThat(result.forwarded() + result.lost()).isEqualTo(5000);
        assertThat(result.latency()).isNotNull();
        assertThat(result.latency().packets()).isEqualTo(result.forwarded());
    }

    @Test
    void shouldAccountForEveryFrameWhenMoreIsOfferedThanCanBeForwarded() {
        final TrialResult result = run("unknown-spi=20+bad-icv=5+replayed=5+clear=5+fragments=10", 64, 3, 2,
            new TrialSpec("test", TrialSpec.FLAT_OUT, 0.05, 0));
        assertThat(result.conservation()).isEmpty();
        assertThat(result.offered()).isPositive();
    }

    @Test
    void shouldSwitchToAFloodAndBack() {
        final TrafficSpec traffic = new TrafficSpec(Sizes.of(64), Mix.GOOD, EspSuite.AES_GCM_128_16, 1, 64, false, 1600, 1);
        try (PipelineDevice device = new PipelineDevice(traffic,
            new DeviceSpec(1, 0, 1024, DispatchPolicy.FLOW_HASH, "auto", 1 << 22, EngineToken.OCT, null, 0))) {
            final TrialResult flood = device.run(TrialSpec.flood("flood", 20_000, 0.05, 0.75), () -> false);
            assertThat(flood.conservation()).isEmpty();
            assertThat(flood.sent().get("unknown-spi")).isBetween(650L, 850L);
            assertThat(device.run(new TrialSpec("good", 20_000, 0.05, 0), () -> false).sent()).containsOnlyKeys("good");
        }
    }

    @ParameterizedTest
    @CsvSource({"AES_GCM_256_16, true", "AES_CBC_128_SHA1_96, false", "AES_CBC_256_SHA512_256, true", "CHACHA20_POLY1305, false",
        "NULL_SHA256_128, true"})
    void shouldForwardEverySuiteInBurstsWithAndWithoutUdp(final EspSuite suite, final boolean natT) {
        final TrafficSpec traffic = new TrafficSpec(Sizes.parse("IMIX", 1500).getFirst(), Mix.parse("bad-icv=10"), suite, 3, 64, !natT,
            natT, 1600, 1, new Bursts(32, 10));
        try (PipelineDevice device = new PipelineDevice(traffic,
            new DeviceSpec(1, 0, 4096, DispatchPolicy.ANY_IDLE, "auto", 1 << 22, EngineToken.OCT, null, 0))) {
            final TrialResult result = device.run(new TrialSpec("test", 10_000, 0.1, 1), () -> false);
            assertThat(result.conservation()).isEmpty();
            assertThat(result.offered()).isEqualTo(1000);
            assertThat(result.forwarded()).isEqualTo(result.sent().get("good") - result.lost()).isPositive();
        }
    }

    @Test
    void shouldInstallAndRetireSasWhilePacketsFlow() {
        final TrialResult result = run("good", 64, 1, 0, TrialSpec.churn("test", 20_000, 0.1, 3000));
        assertThat(result.conservation()).isEmpty();
        assertThat(result.drops()).isEqualTo(result.lost() == 0 ? Map.of() : Map.of("TailDrop", result.lost()));
    }

    @Test
    void shouldRekeyWhilePacketsFlowAndGoOnWithTheNewSas() {
        final TrafficSpec traffic = new TrafficSpec(Sizes.of(64), Mix.GOOD, EspSuite.AES_GCM_128_16, 3, 64, false, 1600, 1);
        try (PipelineDevice device = new PipelineDevice(traffic,
            new DeviceSpec(1, 0, 4096, DispatchPolicy.ANY_IDLE, "auto", 1 << 22, EngineToken.OCT, null, 0))) {
            for (int i = 0; i < 2; i++) {
                assertThat(device.run(TrialSpec.rekeys("test", 20_000, 0.2, 50), () -> false).conservation()).isEmpty();
                final TrialResult after = device.run(new TrialSpec("good", 20_000, 0.05, 0), () -> false);
                assertThat(after.conservation()).isEmpty();
                assertThat(after.forwarded() + after.drops().getOrDefault("TailDrop", 0L)).isEqualTo(after.offered());
            }
        }
    }

    @Test
    void shouldReadStolenTime() {
        assertThat(HostWatch.steal("cpu  10 20 30 40 50 60 70 81 0 0")).isEqualTo(81);
        assertThat(HostWatch.steal("cpu  10 20")).isEqualTo(-1);
        assertThat(HostWatch.steal("intr 1 2 3 4 5 6 7 8 9")).isEqualTo(-1);
    }
}
