package org.qfpsim.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the end of a row says. */
class GoalTest {
    @Test
    void shouldSayWhatIsRoundedAway() {
        assertThat(Goal.atLeast(0.65).verdict(0.6481)).isEqualTo(">= 0.65 missed with 0.6481");
        assertThat(Goal.atMost(1.03).verdict(1.0315)).isEqualTo("<= 1.03 missed with 1.0315");
    }

    @Test
    void shouldBeShortWhereTheRowSaysIt() {
        assertThat(Goal.atLeast(0.65).verdict(0.65)).isEqualTo(">= 0.65 reached");
        assertThat(Goal.atLeast(0.65).verdict(0.6441)).isEqualTo(">= 0.65 missed");
        assertThat(Goal.atMost(25).verdict(8.4)).isEqualTo("<= 25.00 reached");
        assertThat(Goal.atMost(25).verdict(25.006)).isEqualTo("<= 25.00 missed");
    }
}
