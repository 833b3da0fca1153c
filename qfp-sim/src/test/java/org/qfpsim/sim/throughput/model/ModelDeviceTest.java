package org.qfpsim.sim.throughput.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.throughput.load.Bursts;
import org.qfpsim.sim.throughput.load.DeviceSpec;
import org.qfpsim.sim.throughput.load.Mix;
import org.qfpsim.sim.throughput.load.Sizes;
import org.qfpsim.sim.throughput.load.TrafficSpec;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;

/** The modelled platforms give the published figures back, and lose packets where the platform does. */
class ModelDeviceTest {
    /** Enough that the queues do not hide an overload. */
    private static final int PACKETS = 50_000;
    private static final double IMIX_OCTETS = 4152 / 12.0;

    private static ModelDevice device(final PlatformProfile profile, final String size, final String mix, final int ppes,
                                      final int licence) {
        final TrafficSpec traffic = new TrafficSpec(Sizes.parse(size, 1546).getFirst(), Mix.parse(mix), EspSuite.AES_GCM_128_16, 3, 64,
            false, 1600, 1);
        return new ModelDevice(traffic,
            new DeviceSpec(ppes, 0, 1024, DispatchPolicy.ANY_IDLE, "auto", 1, profile.token(), profile, licence), profile);
    }

    private static TrialResult run(final ModelDevice device, final double load, final int packets) {
        final TrialResult result = device.run(new TrialSpec("test", load, packets / load, 1), () -> false);
        assertThat(result.conservation()).isEmpty();
        return result;
    }

    /** Nothing is lost a little below the figure, and what is forwarded far above it is within 10 % of it. */
    private static void shouldReach(final PlatformProfile profile, final String size, final String mix, final double rate) {
        try (ModelDevice device = device(profile, size, mix, 0, 0)) {
            assertThat(run(device, rate * 0.95, PACKETS).lost()).as("%s %s %s below", profile, size, mix).isZero();
            final TrialResult above = run(device, rate * 1.3, PACKETS);
            assertThat(above.forwarded() / above.offeredSeconds()).as("%s %s %s", profile, size, mix)
                .isCloseTo(rate, Percentage.withPercentage(10));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTWARE")
    void shouldReproduceThePublishedFigures(final PlatformProfile profile) {
        final Hardware hardware = profile.hardware();
        shouldReach(profile, "64", "plain=100", Math.min(hardware.kiloPackets() * 1e3, hardware.megabits() * 1e6 / 8 / 64));
        shouldReach(profile, "1400", "plain=100", hardware.megabits() * 1e6 / 8 / 1400);
        shouldReach(profile, "1400", "good", hardware.ipsecMegabits() * 1e6 / 8 / 1400);
    }

    @Test
    void shouldReproduceIpsecWithImix() {
        shouldReach(PlatformProfile.ESP20, "IMIX", "good", 5500e6 / 8 / IMIX_OCTETS);
        shouldReach(PlatformProfile.ESP100, "IMIX", "good", 16_000e6 / 8 / IMIX_OCTETS);
    }

    @Test
    void shouldLoseAtTheQueueThatIsFull() {
        try (ModelDevice device = device(PlatformProfile.ESP20, "64", "good", 0, 0)) {
            final TrialResult crypto = run(device, 6e6, PACKETS);
            assertThat(crypto.drops()).isEqualTo(Map.of("IpsecTailDrop/PKT_BUFFER_UNAVAILABLE", crypto.lost()));
            assertThat(crypto.utilization().get("crypto")).isGreaterThan(98);
        }
        try (ModelDevice device = device(PlatformProfile.ESP20, "64", "plain=100", 0, 0)) {
            final TrialResult threads = run(device, 40e6, PACKETS);
            assertThat(threads.drops()).containsOnlyKeys("TailDrop");
            assertThat(threads.utilization().get("ppe")).isGreaterThan(98);
        }
        try (ModelDevice device = device(PlatformProfile.ESP5, "1400", "plain=100", 0, 0)) {
            final TrialResult out = run(device, 1e6, PACKETS);
            assertThat(out.drops()).containsOnlyKeys("TailDrop");
            assertThat(out.utilization().get("transmit")).isGreaterThan(98);
            assertThat(out.utilization().get("ppe")).isLessThan(50);
        }
    }

    @Test
    void shouldPoliceLicensedCryptoThroughput() {
        try (ModelDevice device = device(PlatformProfile.ESP20, "1400", "good", 0, 1000)) {
            final TrialResult result = run(device, 500_000, PACKETS);
            assertThat(result.drops()).containsOnlyKeys("IpsecInput/IN_CRYPTO_THRPUT_POLICY_DROP");
            assertThat(result.forwarded() * 1400 * 8 / result.offeredSeconds()).isCloseTo(1e9, Percentage.withPercentage(5));
        }
    }

    @Test
    void shouldLetRealPacketsDecideWhatHappens() {
        try (ModelDevice device = device(PlatformProfile.ESP20, "IMIX",
            "unknown-spi=10+bad-icv=10+replayed=10+late=10+clear=10+plain=10+fragments=10", 0, 0)) {
            final TrialResult result = run(device, 100_000, 5000);
            assertThat(result.drops()).containsEntry("IpsecInput/IN_US_V4_PKT_SA_NOT_FOUND_SPI", result.sent().get("unknown-spi"))
                .containsEntry("IpsecInput/IN_OCT_MAC_EXCEPTION", result.sent().get("bad-icv"));
            assertThat(result.lost()).isLessThanOrEqualTo(1);
            // An unknown SPI is found out in the first pass: the crypto engine never sees it.
            final TrialResult flood = device.run(TrialSpec.flood("flood", 100_000, 0.01, 1), () -> false);
            assertThat(flood.utilization().get("crypto")).isZero();
        }
    }

    @Test
    void shouldScaleWithItsEnginesUntilTheCryptoEngineIsTheLimit() {
        final List<Double> rates = List.of(1, 2, 4, 40).stream().map(ppes -> {
            try (ModelDevice device = device(PlatformProfile.ESP20, "64", "good", ppes, 0)) {
                final TrialResult result = run(device, Math.min(6e6, 0.4e6 * ppes), PACKETS);
                return result.forwarded() / result.offeredSeconds();
            }
        }).toList();
        // Two passes of 6.67 us on four threads: 0.3 M a second for an engine.
        assertThat(rates.get(0)).isCloseTo(0.3e6, Percentage.withPercentage(5));
        assertThat(rates.get(2)).isCloseTo(1.2e6, Percentage.withPercentage(5));
        assertThat(rates.get(3)).isCloseTo(3.8e6, Percentage.withPercentage(5));
    }

    @Test
    void shouldTakeTheLatencyOfItsStagesWhenItIsIdle() {
        try (ModelDevice device = device(PlatformProfile.ESP20, "64", "good", 0, 0)) {
            final TrialResult result = run(device, 10_000, 100);
            assertThat(result.latency()).isNotNull();
            // Two passes, the crypto engine, the way out.
            assertThat(result.latency().at("50")).isBetween(13_300L, 14_000L);
        }
    }

    @Test
    void shouldLoseOfBurstsWhatItsQueuesCannotHold() {
        for (final boolean natT : new boolean[] {false, true}) {
            final Map<Integer, TrialResult> results = new HashMap<>();
            for (final int burst : new int[] {1, 32, 1024}) {
                final TrafficSpec traffic = new TrafficSpec(Sizes.parse("64", 1500).getFirst(), Mix.GOOD,
                    EspSuite.AES_CBC_256_SHA256_128, 3, 64, false, natT, 1600, 1, new Bursts(burst, 10));
                try (ModelDevice device = new ModelDevice(traffic, new DeviceSpec(0, 0, 1024, DispatchPolicy.ANY_IDLE, "auto", 1,
                    PlatformProfile.ESP20.token(), PlatformProfile.ESP20, 0), PlatformProfile.ESP20)) {
                    results.put(burst, run(device, 2e6, PACKETS));
                }
            }
            assertThat(results.get(1).drops()).isEmpty();
            assertThat(results.get(32).drops()).isEmpty();
            assertThat(results.get(32).latency().at("99")).isGreaterThan(results.get(1).latency().at("99"));
            assertThat(results.get(1024).drops()).containsOnlyKeys("IpsecTailDrop/PKT_BUFFER_UNAVAILABLE");
            assertThat(results.get(1024).offeredRate()).isCloseTo(2e6, Percentage.withPercentage(0.1));
        }
    }

    @Test
    void shouldDoTheSameAgain() {
        try (ModelDevice one = device(PlatformProfile.ESP10, "IMIX", "bad-icv=5", 0, 0);
            ModelDevice other = device(PlatformProfile.ESP10, "IMIX", "bad-icv=5", 0, 0)) {
            assertThat(run(one, 2e6, 20_000)).isEqualTo(run(other, 2e6, 20_000));
        }
    }

    @Test
    void shouldRefuseToModelCores() {
        assertThatThrownBy(() -> device(PlatformProfile.SOFTWARE, "64", "good", 0, 0)).isInstanceOf(InputException.class)
            .hasMessageContaining("--platform software is no hardware with a QFP");
    }
}
