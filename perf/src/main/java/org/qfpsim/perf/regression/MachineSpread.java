package org.qfpsim.perf.regression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qfpsim.perf.verdict.Interval;

/**
 * How far the ratios of one version lie apart on different machines, as a history tells: the largest distance of any version that several
 * machines have measured. Each machine counts with the median of its ratios.
 *
 * @param machines that have measured what others have measured too.
 * @param byMetric difference of the logarithms.
 */
record MachineSpread(int machines, Map<String, Double> byMetric) {
    /** With fewer machines nothing is known of a further one. */
    static final int ENOUGH = 3;

    /**
     * Reads it from a history.
     *
     * @param history lines of all suites.
     * @param suite   the one that counts.
     * @return the spread.
     */
    static MachineSpread of(final List<Samples> history, final String suite) {
        final Map<String, Map<String, Samples>> versions = new LinkedHashMap<>();
        history.stream().filter(line -> line.suite().equals(suite))
            .forEach(line -> versions.computeIfAbsent(line.version(), _ -> new LinkedHashMap<>()).put(line.hardware(), line));
        final Set<String> machines = new LinkedHashSet<>();
        final Map<String, Double> widest = new LinkedHashMap<>();
        for (final Map<String, Samples> lines : versions.values()) {
            if (lines.size() > 1) {
                machines.addAll(lines.keySet());
                range(new ArrayList<>(lines.values())).forEach((metric, range) -> widest.merge(metric, range, Math::max));
            }
        }
        return new MachineSpread(machines.size(), widest);
    }

    private static Map<String, Double> range(final List<Samples> lines) {
        final Map<String, Double> ranges = new LinkedHashMap<>();
        for (final String metric : lines.getFirst().metrics()) {
            final double[] ratios = lines.stream().mapToDouble(line -> Math.log(line.ratio(metric))).filter(Double::isFinite).sorted()
                .toArray();
            if (ratios.length > 1) {
                ranges.put(metric, ratios[ratios.length - 1] - ratios[0]);
            }
        }
        return ranges;
    }

    /** Whether anything can be said of a machine that is not among them. */
    boolean known(final String metric) {
        return machines >= ENOUGH && byMetric.containsKey(metric);
    }

    /** What an interval of a metric becomes on another machine; the same if nothing is known. */
    Interval widen(final String metric, final Interval interval) {
        return known(metric) ? interval.widened(byMetric.getOrDefault(metric, 0.0)) : interval;
    }

    /** In words. */
    String text() {
        return machines >= ENOUGH ? "the intervals are widened by what " + machines + " machines in the history differ by"
            : "the history has no version that " + ENOUGH + " machines have measured: nothing can be said of another one";
    }
}
