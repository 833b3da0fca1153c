package org.qfpsim.perf.verdict;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What was found of one metric.
 *
 * @param metric   its name.
 * @param interval of the change.
 * @param level    probability of being wrong on either side of the interval.
 * @param samples  blocks, or processes of the smaller side.
 * @param verdict  the verdict.
 */
public record Finding(String metric, Interval interval, double level, int samples, Verdict verdict) {
    private static final double POWER = 0.9;

    /**
     * The smallest slow-down, as a logarithm, that a measurement like this one reports as slower in nine of ten cases; infinite without an
     * interval.
     */
    public double visible() {
        final NormalDistribution normal = NormalDistribution.of(0, 1);
        final double half = (interval.high() - interval.low()) / 2;
        return half * (1 + normal.inverseCumulativeProbability(POWER) / normal.inverseSurvivalProbability(level));
    }
}
