package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.qfpsim.sim.Main;

/**
 * A run of {@code replay} within this process.
 *
 * @param code exit code.
 * @param out  what it printed.
 * @param err  its errors and warnings.
 */
record Replay(int code, String out, String err) {
    /** Runs the command; arguments may be anything with a text. */
    static Replay run(final Object... arguments) {
        final List<String> command = new ArrayList<>(List.of("replay"));
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), command.toArray(String[]::new));
        return new Replay(code, out.toString(), err.toString());
    }

    /** Asserts that nothing was wrong. */
    Replay ok() {
        assertThat(err).isEmpty();
        assertThat(code).isEqualTo(Main.OK);
        return this;
    }

    /** Asserts that the input was refused with one line, and returns what it says. */
    String refusal() {
        assertThat(err.lines()).as(err).hasSize(1);
        assertThat(code).as(err).isEqualTo(Main.BAD_INPUT);
        assertThat(err).startsWith("qfp: ");
        return err.substring(5).stripTrailing();
    }
}
