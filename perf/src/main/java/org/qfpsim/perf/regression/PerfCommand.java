package org.qfpsim.perf.regression;

import java.util.List;
import java.util.concurrent.Callable;
import org.qfpsim.perf.selftest.SelftestCommand;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Regression testing of performance: the parent of its commands. */
@Command(name = "perf", mixinStandardHelpOptions = true,
    description = "Say whether one version is slower than another.",
    subcommands = {CompareCommand.class, CheckCommand.class, JudgeCommand.class, BisectCommand.class, RecordCommand.class,
        TrendCommand.class, CountersCommand.class, InstructionsCommand.class, SelftestCommand.class},
    footer = {"", "Exit codes: 0 nothing is slower, 1 something is SLOWER, 2 bad usage, 3 UNDECIDED. docs/regression.md explains."})
public final class PerfCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new PerfCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.REGRESSION, "perf check --base HEAD~1"));
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PerfCommand() {
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.OK;
    }
}
