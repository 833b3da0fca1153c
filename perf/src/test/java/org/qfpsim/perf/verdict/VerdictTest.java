package org.qfpsim.perf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({"0.01,0.03,SLOWER", "-0.03,-0.001,FASTER", "-0.01,0.01,SAME", "0.001,0.019,SAME", "-0.001,0.03,UNDECIDED",
        "-0.03,0.03,UNDECIDED",
        "-Infinity,Infinity,UNDECIDED", "0,0.05,UNDECIDED"})
    void shouldReadTheInterval(final double low, final double high, final Verdict verdict) {
        assertThat(Verdict.of(new Interval((low + high) / 2, low, high), 0.02)).isEqualTo(verdict);
    }

    @Test
    void shouldLetTheWorstMetricSpeakForAll() {
        assertThat(Verdict.of(List.of(Verdict.SAME, Verdict.SLOWER, Verdict.UNDECIDED))).isEqualTo(Verdict.SLOWER);
        assertThat(Verdict.of(List.of(Verdict.FASTER, Verdict.SAME, Verdict.UNDECIDED))).isEqualTo(Verdict.UNDECIDED);
        assertThat(Verdict.of(List.of(Verdict.FASTER, Verdict.SAME))).isEqualTo(Verdict.FASTER);
        assertThat(Verdict.of(List.of(Verdict.SAME))).isEqualTo(Verdict.SAME);
        assertThat(Verdict.SLOWER.exitCode()).isEqualTo(1);
        assertThat(Verdict.UNDECIDED.exitCode()).isEqualTo(3);
        assertThat(Verdict.FASTER.exitCode() + Verdict.SAME.exitCode()).isZero();
    }
}
