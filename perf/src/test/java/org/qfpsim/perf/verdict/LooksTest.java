package org.qfpsim.perf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LooksTest {
    @Test
    void shouldSpendTheErrorRateOnce() {
        final Looks looks = new Looks();
        double spent = 0;
        int taken = 0;
        for (int percent = 0; percent <= 200; percent++) {
            if (looks.due(percent / 100.0)) {
                spent += looks.share();
                taken++;
            }
        }
        assertThat(taken).isEqualTo(Looks.count());
        assertThat(spent).isCloseTo(1, within(1e-9));
        assertThat(looks.isOver()).isTrue();
    }

    @Test
    void shouldTakeOneLookForSeveralThatWereMissed() {
        final Looks looks = new Looks();
        assertThat(looks.due(0.1)).isFalse();
        assertThat(looks.due(0.8)).isTrue();
        assertThat(looks.due(0.8)).isFalse();
        assertThat(looks.share()).isEqualTo(0.3);
        assertThat(looks.shareBetween()).isEqualTo(0.4);
    }
}
