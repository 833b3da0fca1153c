package org.qfpsim.sim;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * A command of {@code ./qfp}. Modules name theirs in {@code META-INF/services/org.qfpsim.sim.Subcommand}, so that the launcher needs to
 * know no module.
 */
public interface Subcommand {
    /** What people use the program for; the help shows an example for each. */
    enum Use {
        /** How many packets a second, with how many engines. */
        THROUGHPUT("Throughput experiments"),
        /** Which packets were dropped, and why. */
        DROP_COUNTERS("Inspecting drop counters through show commands"),
        /** Whether a change made it slower. */
        REGRESSION("Regression testing of performance");

        private final String title;

        Use(final String title) {
            this.title = title;
        }

        /** The line in the help. */
        public String title() {
            return title;
        }
    }

    /**
     * A command line worth trying.
     *
     * @param use       what it is an example of.
     * @param arguments what follows {@code ./qfp}.
     */
    record Example(Use use, String arguments) {
    }

    /**
     * Makes the command: an object annotated for picocli that writes to its command line's {@code getOut()} and returns the exit code.
     * User errors are thrown as {@link InputException}.
     *
     * @return a new command.
     */
    Callable<Integer> command();

    /** What the help shows on its first screen, normally nothing. */
    default List<Example> examples() {
        return List.of();
    }
}
