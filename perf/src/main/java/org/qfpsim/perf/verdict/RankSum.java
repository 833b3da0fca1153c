package org.qfpsim.perf.verdict;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Two groups that were not measured together: the Hodges-Lehmann estimate of the shift between them, and the interval that the exact test
 * of Mann and Whitney does not reject. The same construction as {@link SignedRank} with the differences of all pairs.
 */
public final class RankSum {
    private static final MannWhitneyUTest TEST = MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN).with(PValueMethod.EXACT);
    private static final Map<Key, Integer> CRITICAL = new ConcurrentHashMap<>();

    private record Key(int before, int behind, double level) {
    }

    private RankSum() {
    }

    /**
     * Estimate and interval.
     *
     * @param before logarithms of times; not empty.
     * @param behind logarithms of times; not empty.
     * @param level  probability that the change lies above the interval, and the same below.
     * @return of behind over before.
     */
    public static Interval interval(final double[] before, final double[] behind, final double level) {
        final double[] shifts = new double[before.length * behind.length];
        int next = 0;
        for (final double x : behind) {
            for (final double y : before) {
                shifts[next++] = x - y;
            }
        }
        Arrays.sort(shifts);
        final int all = shifts.length;
        final double estimate = (shifts[(all - 1) / 2] + shifts[all / 2]) / 2;
        final int critical = critical(before.length, behind.length, level);
        return critical > all
            ? new Interval(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            : new Interval(estimate, shifts[all - critical], shifts[critical - 1]);
    }

    private static int critical(final int before, final int behind, final double level) {
        return CRITICAL.computeIfAbsent(new Key(before, behind, level), key -> {
            int least = 0;
            int most = before * behind + 1;
            while (least < most) {
                final int middle = (least + most) >>> 1;
                if (probability(before, behind, middle) <= level) {
                    most = middle;
                } else {
                    least = middle + 1;
                }
            }
            return least;
        });
    }

    /** Of at least so many pairs in which behind is the larger one, without a shift. */
    private static double probability(final int before, final int behind, final int statistic) {
        final double[] y = new double[before];
        for (int i = 0; i < before; i++) {
            y[i] = i + 1;
        }
        final double[] x = new double[behind];
        int left = statistic;
        for (int i = 0; i < behind; i++) {
            final int above = Math.min(before, left);
            left -= above;
            // Between two of the others, and no two alike.
            x[i] = above + (i + 1.0) / (behind + 1);
        }
        return TEST.test(x, y).getPValue();
    }
}
