package org.qfpsim.perf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.Statistics;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.side.Sample;

/** One row of the table: a thing to measure, what it is compared with, and the samples of the rounds that it was measured in. */
final class PathCell {
    /** Above the rows. */
    static final String HEADING = String.format("%-28s %9s %16s %9s   %-20s %5s %21s   %s", "", "ns/packet", "", "best pass",
        "compared with", "best", "", "goal");

    /** Rounds' worth of time; the slowest row to be compiled, encrypt and decrypt, needs 20 of 20 ms (performance log 71). */
    private static final int WARM_UP = 30;

    private final String name;
    private final Supplier<PathSubject> opener;
    private final @Nullable Ratio ratio;
    private final @Nullable Goal goal;
    private final int every;
    private final @Nullable String process;
    private final List<Double> samples = new ArrayList<>();
    private double best = Double.MAX_VALUE;
    private @Nullable Meter meter;
    private CostLook costs = CostLook.NOTHING;

    /**
     * A comparison.
     *
     * @param reference what with.
     * @param meaning   in words, behind the number.
     * @param shown     the number, of the quotient of the times.
     */
    record Ratio(PathCell reference, String meaning, DoubleUnaryOperator shown) {
        static Ratio share(final PathCell reference, final String of) {
            return new Ratio(reference, "of " + of, x -> 1 / x);
        }

        static Ratio time(final PathCell reference, final String of) {
            return new Ratio(reference, "of " + of, x -> x);
        }
    }

    /**
     * Measures nothing yet.
     *
     * @param name    of the row.
     * @param opener  makes what is measured.
     * @param ratio   the comparison, if there is one.
     * @param goal    what the ratio should be, if that is known.
     * @param every   in which rounds it is measured: every one, every second ...
     * @param process where it is measured unless all rows are in one process; those that share something have the same. Null for what
     *                starts processes itself.
     */
    PathCell(final String name, final Supplier<PathSubject> opener, final @Nullable Ratio ratio, final @Nullable Goal goal,
             final int every, final @Nullable String process) {
        this.name = name;
        this.opener = opener;
        this.ratio = ratio;
        this.goal = goal;
        this.every = every;
        this.process = process;
    }

    boolean needs(final PathCell cell) {
        return cell == this || ratio != null && ratio.reference.needs(cell);
    }

    String name() {
        return name;
    }

    /** Nanoseconds a packet, one for each round that it was measured in. */
    List<Double> samples() {
        return samples;
    }

    /** Nanoseconds a packet of the fastest pass. */
    double best() {
        return best;
    }

    Supplier<PathSubject> opener() {
        return opener;
    }

    @Nullable String process() {
        return process;
    }

    /** Goes on with another meter: the samples of all are one. */
    void warmUp(final Meter warmed, final int millis) {
        meter = warmed;
        warmed.slice(WARM_UP * millis / every);
    }

    void measure(final int round, final int millis) {
        if (round % every == 0) {
            final Sample sample = meter().slice(millis);
            samples.add(sample.mean());
            best = Math.min(best, sample.best());
        }
    }

    /** Looks at what was sampled of the cost of features, as long as the meter is open. */
    void lookAtCosts() {
        costs = meter().costs();
    }

    private Meter meter() {
        if (meter == null) {
            throw new IllegalStateException(name + " is not open");
        }
        return meter;
    }

    /** What was sampled of the cost of features by the last meter. */
    CostLook costs() {
        return costs;
    }

    /** Time, and the comparison and the goal if there are any. */
    String row() {
        final Statistics time = Measured.statistics(samples);
        final String cost = PerfTableCommand.format("%-28s %9.1f %16s %9.1f", name, time.getPercentile(50),
            Measured.quartiles(time, "%.1f"), best);
        if (ratio == null) {
            return cost;
        }
        final Statistics compared = ratios(ratio);
        final String line = PerfTableCommand.format("%s   %5.2f %-14s %5.2f %-21s", cost, compared.getPercentile(50),
            Measured.quartiles(compared, "%.2f"), bestRatio(ratio), ratio.meaning);
        return goal == null ? line.stripTrailing() : line + "   " + goal.verdict(compared.getPercentile(50));
    }

    /** The comparison for a machine; empty if there is none. */
    Map<String, Object> comparison() {
        final Map<String, Object> map = new LinkedHashMap<>();
        if (ratio != null) {
            final Statistics compared = ratios(ratio);
            map.put("compared_with", ratio.reference.name);
            map.put("meaning", ratio.meaning);
            map.put("median", compared.getPercentile(50));
            map.put("quartiles", List.of(compared.getPercentile(25), compared.getPercentile(75)));
            map.put("of_best_passes", bestRatio(ratio));
            if (goal != null) {
                map.put(goal.atLeast() ? "goal_at_least" : "goal_at_most", goal.value());
                map.put("reached", goal.reached(compared.getPercentile(50)));
            }
        }
        return map;
    }

    private double bestRatio(final Ratio of) {
        return of.shown.applyAsDouble(best / of.reference.best);
    }

    /** Of samples of the same round; of the one before where the other row was not measured in that round. */
    private Statistics ratios(final Ratio of) {
        final List<Double> ratios = new ArrayList<>();
        final List<Double> references = of.reference.samples;
        for (int i = 0; i < samples.size(); i++) {
            ratios.add(of.shown.applyAsDouble(samples.get(i) / references.get(i * every / of.reference.every)));
        }
        return Measured.statistics(ratios);
    }
}
