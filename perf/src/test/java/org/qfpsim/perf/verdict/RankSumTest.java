package org.qfpsim.perf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankSumTest {
    @Test
    void shouldBoundByDifferencesOfAllPairs() {
        // Five against five at 2.5 %: tables reject at U <= 2, so the 3rd smallest and the 3rd largest of 25 differences.
        final Interval interval = RankSum.interval(new double[] {1, 2, 3, 4, 5}, new double[] {11.1, 12.2, 13.3, 14.4, 15.5}, 0.025);

        assertThat(interval.estimate()).isCloseTo(10.3, within(1e-9));
        assertThat(interval.low()).isCloseTo(7.2, within(1e-9));
        assertThat(interval.high()).isCloseTo(13.4, within(1e-9));
    }

    @Test
    void shouldKnowNothingFromTwoForks() {
        assertThat(RankSum.interval(new double[] {1, 2}, new double[] {5, 6}, 0.01).low()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
