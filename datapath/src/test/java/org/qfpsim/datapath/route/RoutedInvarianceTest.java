package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.CycleSampler;

/**
 * The same frames and changes give the same frames, verdicts and counters, however many engines there are, on whatever threads, and
 * whether the cost of a batch is sampled or not.
 */
class RoutedInvarianceTest {
    private static final long SEED = 0x524f5554L;

    private record Outcome(List<Event> events, Map<String, Long> counters, List<Integer> sent, Map<String, Long> told) {
    }

    private static Outcome run(final RoutedStream stream, final int ppes, final DispatchPolicy policy, final int batch,
                               final boolean dedicated, final int interval) {
        try (RoutedFixture fixture = RoutedStream.prepare(new RoutedFixture(PipelineFixture.config().ppes(ppes).dispatch(policy).batch(batch)
            .reassembly(8, 16, 20_000_000).notificationRows(1024).cost(interval, new CycleSampler())))) {
            if (dedicated) {
                fixture.dedicated();
            }
            stream.run(fixture);
            fixture.stopThreads();
            fixture.router().pipeline().expire(Long.MAX_VALUE);
            final Map<String, Long> told = new HashMap<>();
            fixture.told().forEach(n -> told.merge(n.kind() + " " + n.spi() + " " + n.destination() + " " + n.interfaceIndex() + " " + n.flow(),
                n.count(), Long::sum));
            return new Outcome(List.copyOf(fixture.recorder().events()), counters(fixture),
                fixture.sent().stream().map(frame -> Arrays.hashCode(frame.frame()) * 31 + frame.port()).toList(), told);
        }
    }

    private static Map<String, Long> counters(final RoutedFixture fixture) {
        final Map<String, Long> counters = new TreeMap<>();
        for (final Total total : Total.values()) {
            if (total != Total.BATCHES && total != Total.ESP_REOPENED) {
                counters.put(total.label(), fixture.counters().total(total));
            }
        }
        for (final GlobalDrop drop : GlobalDrop.values()) {
            counters.put(drop.name(), fixture.drops(drop));
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            counters.put(drop.name(), fixture.drops(drop));
        }
        for (final PuntCause cause : PuntCause.values()) {
            counters.put("punt " + cause, fixture.punts(cause));
        }
        counters.values().removeIf(value -> value == 0);
        return counters;
    }

    @Test
    void shouldNotDependOnHowTheWorkIsSharedOut() {
        final RoutedStream stream = new RoutedStream(SEED, 700);
        final Outcome expected = run(stream, 1, DispatchPolicy.ANY_IDLE, 64, false, CostMeter.NEVER);
        System.out.println("routed stream, seed " + SEED + ": " + expected.counters);
        assertThat(expected.events).hasSize(stream.frames());
        assertThat(expected.counters).containsKeys("forwarded", "esp_opened", "esp_sealed", "reassembled", "IPV4_NO_ROUTE", "IP_TTL_EXCEEDED",
            "IN_US_V4_PKT_SA_NOT_FOUND_SPI", "IN_TRANS_CL_V4_PKT_FAILED_POLICY", "IN_ANTI_REPLAY_FAIL", "IN_MAC_EXCEPTION", "DISABLED",
            "BAD_UIDB_IDX", "OUT_V4_PKT_HIT_IKE_START_SP", "punt GLEAN_ADJACENCY", "punt FOR_US_DATA");
        for (final int ppes : new int[] {1, 2, 4}) {
            for (final DispatchPolicy policy : DispatchPolicy.values()) {
                for (final int batch : new int[] {1, 64}) {
                    for (final boolean dedicated : new boolean[] {false, true}) {
                        final Outcome actual = run(stream, ppes, policy, batch, dedicated, batch == 1 ? 3 : 1);
                        final String name = "%d PPEs, %s, batch %d, %s".formatted(ppes, policy, batch, dedicated ? "dedicated" : "invoker");
                        assertThat(actual.events.equals(expected.events)).as("%s: verdicts", name).isTrue();
                        assertThat(actual.counters).as(name).isEqualTo(expected.counters);
                        assertThat(actual.sent.equals(expected.sent)).as("%s: what left, in order", name).isTrue();
                        assertThat(actual.told).as(name).isEqualTo(expected.told);
                    }
                }
            }
        }
    }
}
