package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares this build with a version before it; for CI. */
@Command(name = "check", mixinStandardHelpOptions = true,
    description = "Whether this build is slower than a version before it; the exit code says it.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Measuring measuring = new Measuring();

    @ArgGroup(multiplicity = "1")
    private Against against = new Against();

    /** One of them. */
    static final class Against {
        @Option(names = "--base", paramLabel = "REF",
            description = "A commit (built here, kept) or a folder with a qfp.jar; measured in turns.")
        private @Nullable String base;

        @Option(names = "--baseline", paramLabel = "FILE",
            description = "What perf record --to wrote before: only ratios to the bare decrypt are compared.")
        private @Nullable Path baseline;
    }

    @Option(names = "--json", paramLabel = "FILE",
        description = "Write every slice, the environment and the verdicts to FILE, a JSON object a line.")
    private @Nullable Path json;

    private CheckCommand() {
    }

    @Override
    public Integer call() {
        measuring.check();
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter out = spec.commandLine().getOut();
        final Sides sides = measuring.sides(err);
        if (against.baseline != null) {
            return compare(against.baseline, sides.find(Sides.RUNNING), out, err);
        }
        return CompareCommand.compare(measuring, sides, String.valueOf(against.base), Sides.RUNNING, json, out, err);
    }

    private int compare(final Path baseline, final Build running, final PrintWriter out, final PrintWriter err) {
        final List<Samples> history = Samples.read(baseline);
        final Samples before = history.getLast();
        if (!before.suite().equals(measuring.suite())) {
            throw new InputException("perf check: --baseline " + baseline + " is of the suite " + before.suite() + ", and this is "
                + measuring.suite() + "; choose with --suite");
        }
        if (json != null) {
            throw new InputException("perf check: --json goes with --base; perf record --to FILE keeps what is measured alone");
        }
        final Baseline against = new Baseline(history, RecordCommand.measure(measuring, running, running.label(), err), measuring.judge());
        final List<Finding> findings = against.findings();
        against.lines(findings).forEach(out::println);
        return Verdict.of(findings.stream().map(Finding::verdict).toList()).exitCode();
    }
}
