package org.qfpsim.sim.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers as characters. */
class SparklineTest {
    @Test
    void shouldGrowWithTheValues() {
        assertThat(Sparkline.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, false)).isEqualTo(" ▂▃▄▅▆▇██");
        assertThat(Sparkline.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, true)).isEqualTo(" :-=+*%##");
    }

    @Test
    void shouldShowTheSmallestAndLeaveTheUnknownBlank() {
        assertThat(Sparkline.of(new double[] {Double.NaN, 1, 1e9, Double.NaN}, false)).isEqualTo(" ▁█ ");
        assertThat(Sparkline.of(new double[] {}, false)).isEmpty();
        assertThat(Sparkline.of(new double[] {0, 0}, false)).isEqualTo("  ");
    }
}
