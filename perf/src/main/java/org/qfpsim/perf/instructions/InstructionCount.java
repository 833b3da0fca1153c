package org.qfpsim.perf.instructions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.ProbeProcess;
import org.qfpsim.perf.side.Status;

/**
 * Instructions a packet of each metric of a build. What the compiler makes of the same classes differs from process to process by a
 * percent or two, so there are several processes; of one the pass in the middle counts, as a few are disturbed.
 */
public final class InstructionCount {
    /** Packets of a pass: more take long, fewer leave what a batch costs to too few. */
    public static final int PACKETS = 256;
    /** Until the compiler is done. */
    private static final int WARM_UP_MILLIS = 3_000;
    private static final int PASSES = 3;

    private final Map<String, double[]> byMetric = new LinkedHashMap<>();

    private InstructionCount() {
    }

    /**
     * Counts.
     *
     * @param build     whose probe makes passes of {@link #PACKETS} packets.
     * @param processes how many, one after the other.
     * @param cpu       the processor to run on, or -1 for any.
     * @param status    says how far it is.
     * @return the counts.
     */
    public static InstructionCount of(final Build build, final int processes, final int cpu, final Status status) {
        return of(build, processes, cpu, WARM_UP_MILLIS, status);
    }

    /** The same after another warm-up. */
    static InstructionCount of(final Build build, final int processes, final int cpu, final int warmUpMillis, final Status status) {
        final Map<String, List<Double>> counts = new LinkedHashMap<>();
        final Stepper stepper = new Stepper();
        stepper.runOn(cpu);
        for (int process = 1; process <= processes; process++) {
            try (ProbeProcess probe = new ProbeProcess(build, cpu)) {
                final List<String> metrics = probe.metrics();
                for (int i = 0; i < metrics.size(); i++) {
                    probe.slice(i, warmUpMillis);
                }
                for (int i = 0; i < metrics.size(); i++) {
                    status.say("counting instructions of " + build.label() + ": process " + process + " of " + processes + ", "
                        + metrics.get(i));
                    final double[] passes = new double[PASSES];
                    for (int pass = 0; pass < PASSES; pass++) {
                        passes[pass] = probe.step(i, stepper);
                    }
                    Arrays.sort(passes);
                    counts.computeIfAbsent(metrics.get(i), _ -> new ArrayList<>()).add(passes[PASSES / 2]);
                }
                probe.end();
            }
        }
        final InstructionCount count = new InstructionCount();
        counts.forEach((metric, values) -> count.byMetric.put(metric, values.stream().mapToDouble(Double::doubleValue).sorted().toArray()));
        return count;
    }

    /** The metrics that were counted, in order. */
    public List<String> metrics() {
        return List.copyOf(byMetric.keySet());
    }

    /**
     * All processes.
     *
     * @param metric one of {@link #metrics}.
     * @return instructions a packet in each, the least first.
     */
    public double[] of(final String metric) {
        return Objects.requireNonNull(byMetric.get(metric), metric).clone();
    }

    /**
     * The process in the middle.
     *
     * @param metric one of {@link #metrics}.
     * @return instructions a packet.
     */
    public double median(final String metric) {
        final double[] all = of(metric);
        return all[all.length / 2];
    }
}
