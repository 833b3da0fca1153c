package org.qfpsim.perf;

import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * One line per benchmark and parameter set. The median and the interquartile range are printed, not mean and deviation: iterations that a
 * neighbour disturbed are outliers to one side.
 */
final class BenchReport {
    private static final String PACKAGE = "org.qfpsim.perf.bench.";
    private static final String TITLES = "%-52s %11s %11s %11s %8s  %-8s %3s";

    /** Above the rows. */
    static final String HEADING = TITLES.formatted("benchmark", "median", "least", "most", "spread", "unit", "n");

    private BenchReport() {
    }

    /** The name without our package: {@code SlotCopy.copy}. */
    static String shortName(final String name) {
        return name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
    }

    /** Median, extremes, and spread: the interquartile range in percent of the median. */
    static String row(final RunResult run) {
        final Result<?> result = run.getPrimaryResult();
        final Statistics statistics = result.getStatistics();
        final double median = statistics.getPercentile(50);
        final double spread = 100 * (statistics.getPercentile(75) - statistics.getPercentile(25)) / median;
        return String.format(Locale.ROOT, "%-52s %11.2f %11.2f %11.2f %7.1f%%  %-8s %3d", label(run.getParams()), median,
            statistics.getMin(), statistics.getMax(), spread, result.getScoreUnit(), statistics.getN());
    }

    private static String label(final BenchmarkParams params) {
        return shortName(params.getBenchmark()) + params.getParamsKeys().stream()
            .map(key -> " " + key + "=" + params.getParam(key))
            .collect(Collectors.joining());
    }
}
