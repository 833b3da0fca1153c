package org.qfpsim.perf.verdict;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Paired differences: the Hodges-Lehmann estimate, and the interval that the exact signed-rank test of Wilcoxon does not reject. Both read
 * the Walsh averages, the means of all pairs of differences (each with itself too): the estimate is their median, and the test's statistic
 * at a change is how many of them lie above it.
 */
final class SignedRank {
    /** The library's limit for exact probabilities. */
    static final int MOST = 1023;

    private static final WilcoxonSignedRankTest TEST = WilcoxonSignedRankTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN).with(PValueMethod.EXACT);
    private static final Map<Key, Integer> CRITICAL = new ConcurrentHashMap<>();

    private record Key(int count, double level) {
    }

    private final double[] walsh;
    private final int count;

    /**
     * Of differences.
     *
     * @param differences one a block; not empty, at most {@link #MOST}.
     */
    SignedRank(final double[] differences) {
        count = differences.length;
        walsh = new double[count * (count + 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                walsh[next++] = (differences[i] + differences[j]) / 2;
            }
        }
        Arrays.sort(walsh);
    }

    /** How far from the middle the test's statistic for no change is: the larger, the less likely by chance. */
    int evidence() {
        int above = 0;
        int below = 0;
        for (final double average : walsh) {
            above += average > 0 ? 1 : 0;
            below += average < 0 ? 1 : 0;
        }
        return Math.max(above, below);
    }

    /**
     * Estimate and interval.
     *
     * @param level probability that the change lies above the interval, and the same below.
     */
    Interval interval(final double level) {
        final int all = walsh.length;
        final double estimate = (walsh[(all - 1) / 2] + walsh[all / 2]) / 2;
        final int critical = critical(count, level);
        return critical > all
            ? new Interval(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            : new Interval(estimate, walsh[all - critical], walsh[critical - 1]);
    }

    /** The least statistic whose probability without a change is at most the level; one more than there are if none is. */
    static int critical(final int count, final double level) {
        return CRITICAL.computeIfAbsent(new Key(count, level), key -> {
            int least = 0;
            int most = count * (count + 1) / 2 + 1;
            while (least < most) {
                final int middle = (least + most) >>> 1;
                if (TEST.test(example(count, middle)).getPValue() <= level) {
                    most = middle;
                } else {
                    least = middle + 1;
                }
            }
            return least;
        });
    }

    /** Differences whose positive ranks sum up to a statistic. */
    private static double[] example(final int count, final int statistic) {
        final double[] differences = new double[count];
        int left = statistic;
        for (int rank = count; rank >= 1; rank--) {
            final boolean positive = rank <= left;
            differences[rank - 1] = positive ? rank : -rank;
            left -= positive ? rank : 0;
        }
        return differences;
    }
}
