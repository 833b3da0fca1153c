package org.qfpsim.perf.instructions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.FakeProbe;
import org.qfpsim.perf.side.Processor;
import org.qfpsim.perf.side.Status;
import org.qfpsim.sim.InputException;

@EnabledOnOs(OS.LINUX)
class InstructionCountTest {
    private static Build build(final String... turns) {
        return Build.running("stepped", Path.of(System.getProperty("qfp.root", ".."), "jvm.flags")).behind(Path.of("no", "classes"),
            SteppedProbe.class.getName(), List.of(turns));
    }

    private static InstructionCount count(final Build build, final int processes) {
        try {
            return InstructionCount.of(build, processes, Processor.last(), new Status(new PrintWriter(new StringWriter())));
        } catch (final InputException e) {
            Assumptions.assumeFalse(e.getMessage().contains("may not be stepped"), e.getMessage());
            throw e;
        }
    }

    @Test
    void shouldCountEveryTurnOfALoop() {
        final InstructionCount count = count(build("100", "200", "400"), 2);
        assertThat(count.metrics()).containsExactly("100", "200", "400");
        final double turn = (count.median("200") - count.median("100")) / 100;
        System.out.println("instructions a turn: " + turn);
        assertThat(turn).isBetween(3.0, 30.0);
        assertThat((count.median("400") - count.median("200")) / 200).isCloseTo(turn, Percentage.withPercentage(10));
        assertThat(count.of("400")).hasSize(2);
        assertThat(count.of("400")[0]).isCloseTo(count.of("400")[1], Offset.offset(count.median("400") / 10));
    }

    @Test
    void shouldSayThatAnOlderProbeCannotBeStepped() {
        assertThatThrownBy(() -> count(FakeProbe.build("abc1234", "fake", "0"), 1)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("abc1234: its probe cannot be stepped: ");
    }
}
