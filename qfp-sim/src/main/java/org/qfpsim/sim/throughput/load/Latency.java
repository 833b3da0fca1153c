package org.qfpsim.sim.throughput.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latency of forwarded packets in nanoseconds, from the time at which a packet was meant to be sent (so that a late generator does not hide
 * what came late: no coordinated omission) to when it left the router.
 *
 * @param packets     recorded.
 * @param mean        mean.
 * @param percentiles by percentile: 0, 50, ... 100.
 */
public record Latency(long packets, double mean, Map<String, Long> percentiles) {
    private static final double[] PERCENTILES = {0, 1, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100};

    /** Keeps the order. */
    public Latency {
        percentiles = new LinkedHashMap<>(percentiles);
    }

    /**
     * Reads a histogram.
     *
     * @param histogram nanoseconds.
     * @return its summary.
     */
    public static Latency of(final Histogram histogram) {
        final Map<String, Long> percentiles = new LinkedHashMap<>();
        for (final double percentile : PERCENTILES) {
            final String name = percentile == Math.rint(percentile) ? String.valueOf((long) percentile) : String.valueOf(percentile);
            percentiles.put(name, percentile == 0 ? histogram.getMinValue() : histogram.getValueAtPercentile(percentile));
        }
        return new Latency(histogram.getTotalCount(), histogram.getMean(), percentiles);
    }

    /**
     * A percentile.
     *
     * @param name such as {@code 99.9}.
     * @return nanoseconds.
     */
    public long at(final String name) {
        return percentiles.getOrDefault(name, 0L);
    }
}
