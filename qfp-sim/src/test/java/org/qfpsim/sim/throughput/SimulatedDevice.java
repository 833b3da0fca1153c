package org.qfpsim.sim.throughput;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CostSum;
import org.qfpsim.sim.throughput.load.Device;
import org.qfpsim.sim.throughput.load.Latency;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;

/** A device without packets: forwards so many a second, holds so many. Deterministic. */
final class SimulatedDevice implements Device {
    private final double capacity;
    private final long buffer;
    private final long latestNanos;
    private final Runnable beforeTrial;
    private int trials;

    SimulatedDevice(final double capacity, final long buffer, final long latestNanos, final Runnable beforeTrial) {
        this.capacity = capacity;
        this.buffer = buffer;
        this.latestNanos = latestNanos;
        this.beforeTrial = beforeTrial;
    }

    int trials() {
        return trials;
    }

    @Override
    public TrialResult run(final TrialSpec spec, final BooleanSupplier stop) {
        trials++;
        beforeTrial.run();
        final long offered = spec.packets();
        final long flood = Math.round(offered * spec.flood());
        final long lost = Math.max(0, offered - Math.round(capacity * spec.seconds()) - buffer);
        final Map<String, Long> sent = new LinkedHashMap<>(Map.of("good", offered - flood));
        final Map<String, Long> drops = new LinkedHashMap<>();
        if (flood > 0) {
            sent.put("unknown-spi", flood);
            drops.put("IN_US_V4_PKT_SA_NOT_FOUND_SPI", flood - Math.round(lost * spec.flood()));
        }
        if (lost > 0) {
            drops.put("TailDrop", lost);
        }
        final long forwarded = offered - flood - (lost - Math.round(lost * spec.flood()));
        final Latency latency = spec.latencyEvery() == 0 ? null
            : new Latency(forwarded, 5000, Map.of("50", 5000L, "99", 9000L, "100", 12_000L));
        return new TrialResult(spec.purpose(), spec.load(), spec.seconds(), offered, spec.seconds(), forwarded, lost, sent, drops,
            latestNanos, 0, 0, 0, latency, Map.of(), List.of(), "", "");
    }

    @Override
    public double most(final double seconds) {
        return 10e6;
    }

    @Override
    public Map<String, Object> facts() {
        final CostLook costs = new CostLook(List.of(Map.of(), Map.of(Cost.ENGINE_CLOCK, new CostSum(25, 64, 1, 0),
            Cost.DECRYPT, new CostSum(25 + 64 * 40, 64, 1, 0), Cost.DECAPSULATION, new CostSum(25 + 64 * 10, 64, 1, 0))));
        return Map.of("modelled", false, COST, CostTable.toMap(costs), NOTES, List.of("device: made up"));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
