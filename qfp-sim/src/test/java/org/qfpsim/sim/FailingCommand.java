package org.qfpsim.sim;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command of the tests that goes wrong in every way a command can. */
@Command(name = "fail", hidden = true)
public final class FailingCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        @Override
        public Callable<Integer> command() {
            return new FailingCommand();
        }
    }

    enum Kind { INPUT, BUG, CLOSED, PARTIAL }

    @Spec
    private CommandSpec spec;

    @Option(names = "--with")
    private Kind kind = Kind.BUG;

    @Override
    public Integer call() {
        switch (kind) {
            case INPUT -> throw new InputException("keys.json: /sas/0/spi: 'x' is not a number");
            case BUG -> throw new IllegalStateException("a bug");
            case PARTIAL -> {
                spec.commandLine().getOut().println("first row");
                throw new InputException("row 2 is bad");
            }
            // More than any buffer holds, so that the failure happens inside the command.
            case CLOSED -> spec.commandLine().getOut().println("row ".repeat(100_000));
        }
        return Main.OK;
    }
}
