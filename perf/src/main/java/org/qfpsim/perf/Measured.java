package org.qfpsim.perf;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/** Samples of one figure. */
final class Measured {
    private final List<Double> samples = new ArrayList<>();

    void add(final double sample) {
        if (!Double.isNaN(sample)) {
            samples.add(sample);
        }
    }

    List<Double> samples() {
        return samples;
    }

    double median() {
        return statistics(samples).getPercentile(50);
    }

    double least() {
        return statistics(samples).getMin();
    }

    /** Lower and upper quartile. */
    String quartiles(final String format) {
        return quartiles(statistics(samples), format);
    }

    static Statistics statistics(final List<Double> values) {
        return new ListStatistics(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static String quartiles(final Statistics values, final String format) {
        return PerfTableCommand.format("(" + format + "-" + format + ")", values.getPercentile(25), values.getPercentile(75));
    }
}
