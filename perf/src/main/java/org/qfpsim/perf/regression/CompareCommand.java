package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two versions here and now. */
@Command(name = "compare", mixinStandardHelpOptions = true,
    description = "Compare two versions, measured in turns here and now.")
final class CompareCommand implements Callable<Integer> {
    private static final String JSON = ".json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Measuring measuring = new Measuring();

    @Parameters(index = "0", paramLabel = "A", description = "The version before: a commit, a folder with a qfp.jar, . for this build,"
        + " or results of JMH (FILE.json).")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The version behind.")
    private String b = "";

    @Option(names = "--json", paramLabel = "FILE",
        description = "Write every slice, the environment and the verdicts to FILE, a JSON object a line.")
    private @Nullable Path json;

    private CompareCommand() {
    }

    @Override
    public Integer call() {
        measuring.check();
        if (a.endsWith(JSON) && b.endsWith(JSON)) {
            final JmhFile before = new JmhFile(Path.of(a));
            final List<Finding> findings = new JmhFile(Path.of(b)).against(before, measuring.judge());
            JmhFile.lines(findings, measuring.judge().margin()).forEach(spec.commandLine().getOut()::println);
            return Verdict.of(findings.stream().map(Finding::verdict).toList()).exitCode();
        }
        final PrintWriter err = spec.commandLine().getErr();
        final Sides sides = measuring.sides(err);
        return compare(measuring, sides, a, b, json, spec.commandLine().getOut(), err);
    }

    /** Measures and prints. */
    static int compare(final Measuring measuring, final Sides sides, final String older, final String newer, final @Nullable Path json,
                       final PrintWriter out, final PrintWriter err) {
        // Opened first: an unwritable file is known before anything is built.
        try (RawFile raw = new RawFile(json)) {
            final Build a = sides.find(older);
            final Build b = sides.find(newer);
            raw.add(measuring.header(a.label(), b.label()));
            out.println("A: " + a.label() + "; B: " + b.label() + "; " + measuring.describe());
            out.flush();
            final Comparison.Outcome outcome = measuring.comparison(err).run(a, b, raw, new Random());
            Report.lines(outcome.record(), outcome.findings(), measuring.judge().margin()).forEach(out::println);
            return outcome.verdict().exitCode();
        }
    }
}
