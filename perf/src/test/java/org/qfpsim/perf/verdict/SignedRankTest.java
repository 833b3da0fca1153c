package org.qfpsim.perf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRankTest {
    /** The smaller rank sums that printed tables reject at (one side), turned into the larger ones. */
    @ParameterizedTest
    @CsvSource({"5,0.05,15", "10,0.05,45", "10,0.025,47", "20,0.05,150", "20,0.005,173", "25,0.01,249", "5,0.01,16"})
    void shouldRejectWhereTablesDo(final int count, final double level, final int statistic) {
        assertThat(SignedRank.critical(count, level)).isEqualTo(statistic);
    }

    @Test
    void shouldBoundByWalshAverages() {
        // Ten differences at 5 %: the 11th smallest and the 11th largest of 55 averages.
        final double[] differences = {-3, 1, 2, 4, 5, 6, 7, 8, 9, 20};
        final double[] walsh = new double[55];
        int next = 0;
        for (int i = 0; i < 10; i++) {
            for (int j = i; j < 10; j++) {
                walsh[next++] = (differences[i] + differences[j]) / 2;
            }
        }
        Arrays.sort(walsh);

        final Interval interval = new SignedRank(differences).interval(0.05);
        assertThat(interval.estimate()).isEqualTo(walsh[27]);
        assertThat(interval.low()).isEqualTo(walsh[10]);
        assertThat(interval.high()).isEqualTo(walsh[44]);
    }

    @Test
    void shouldKnowNothingFromTooLittle() {
        final Interval interval = new SignedRank(new double[] {1, 2, 3}).interval(0.01);
        assertThat(interval.low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(interval.high()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(interval.estimate()).isEqualTo(2);
    }

    @Test
    void shouldNotMindOutliers() {
        final Random random = new Random(1);
        final double[] differences = random.doubles(40, 0.01, 0.03).toArray();
        final Interval clean = new SignedRank(differences).interval(0.001);
        differences[3] = 5;
        differences[7] = -7;
        final Interval spoilt = new SignedRank(differences).interval(0.001);

        assertThat(spoilt.estimate()).isCloseTo(clean.estimate(), within(0.001));
        assertThat(spoilt.low()).isPositive();
        assertThat(spoilt.high()).isLessThan(0.03);
    }
}
