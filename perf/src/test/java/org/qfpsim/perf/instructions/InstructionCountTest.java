package org.qfpsim.perf.instructions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.FakeProbe;
import org.qfpsim.perf.side.Processor;
import org.qfpsim.perf.side.Status;
import org.qfpsim.sim.InputException;

@EnabledOnOs(OS.LINUX)
class InstructionCountTest {
    private static final int WARM_UP_MILLIS = 300;

    @TempDir
    private Path folder;

    /** A build whose JVM compiles nothing, or as ever. */
    private Build build(final boolean interpreted, final String... turns) throws IOException {
        final Path flags = Files.writeString(folder.resolve("flags"),
            "--enable-native-access=ALL-UNNAMED" + (interpreted ? "\n-Xint" : ""));
        return Build.running("stepped", flags).behind(Path.of("no", "classes"), SteppedProbe.class.getName(), List.of(turns));
    }

    private static InstructionCount count(final Build build, final int processes) {
        try {
            return InstructionCount.of(build, processes, Processor.last(), WARM_UP_MILLIS, new Status(new PrintWriter(new StringWriter())));
        } catch (final InputException e) {
            Assumptions.assumeFalse(e.getMessage().contains("may not be stepped"), e.getMessage());
            throw e;
        }
    }

    @Test
    void shouldCountEveryTurnOfALoop() throws IOException {
        final InstructionCount count = count(build(true, "10", "20", "40"), 1);
        assertThat(count.metrics()).containsExactly("10", "20", "40");
        final double turn = (count.median("20") - count.median("10")) / 10;
        System.out.println("instructions a turn, interpreted: " + turn);
        assertThat(turn).isBetween(20.0, 1_000.0);
        assertThat((count.median("40") - count.median("20")) / 20).isCloseTo(turn, Percentage.withPercentage(1));
        assertThat(count.of("40")).containsExactly(count.median("40"));
    }

    /** Such code sets the flags of the processor, the debugger's among them, from what it has saved of them. */
    @Test
    void shouldLeaveAThreadAliveThatRestoresItsFlags() throws IOException {
        assertThat(count(build(false, "400"), 1).median("400")).isGreaterThan(400);
    }

    @Test
    void shouldSayThatAnOlderProbeCannotBeStepped() {
        assertThatThrownBy(() -> count(FakeProbe.build("abc1234", "fake", "0"), 1)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("abc1234: its probe cannot be stepped: ");
    }
}
