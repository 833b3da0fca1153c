package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Git;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the commit that made something slower. */
@Command(name = "bisect", mixinStandardHelpOptions = true,
    description = "Find the commit between two that made something slower; each step compares with GOOD for at most --minutes.")
final class BisectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Measuring measuring = new Measuring();

    @Parameters(index = "0", paramLabel = "GOOD", description = "A commit.")
    private String good = "";

    @Parameters(index = "1", paramLabel = "BAD", description = "A commit behind it that is slower.")
    private String bad = "";

    private BisectCommand() {
    }

    @Override
    public Integer call() {
        measuring.check();
        final Git git = Sides.git();
        final List<String> commits = git.between(git.commit(good), git.commit(bad));
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Sides sides = measuring.sides(err);
        final Build base = sides.find(good);
        out.println(good + " to " + bad + ": " + commits.size() + " commits; " + measuring.describe() + " for each step");
        final List<Finding> whole = compare(git, base, sides.find(commits.getLast()), commits.getLast(), measuring.judge(), out,
            err);
        final Verdict verdict = Verdict.of(whole.stream().map(Finding::verdict).toList());
        if (verdict != Verdict.SLOWER) {
            out.println(bad + " is not found to be slower than " + good + " (" + verdict + "): nothing to look for");
            return verdict.exitCode();
        }
        final List<Finding> slower = whole.stream().filter(finding -> finding.verdict() == Verdict.SLOWER).toList();
        final List<String> metrics = slower.stream().map(Finding::metric).toList();
        final Judge step = measuring.judge(Bisection.margin(slower.stream().mapToDouble(found -> found.interval().estimate()).min()
            .orElseThrow()));
        final Bisection.Result result = Bisection.find(commits,
            commit -> Verdict.of(compare(git, base, sides.find(commit), commit, step, out, err).stream()
            .filter(finding -> metrics.contains(finding.metric())).map(Finding::verdict).toList()));
        if (result.undecided() == null) {
            out.println("slower since " + git.describe(result.suspects().getFirst()) + ": " + String.join(", ", metrics));
            return Main.OK;
        }
        out.println("undecided at " + git.describe(result.undecided()) + "; one of these made it slower:");
        result.suspects().forEach(commit -> out.println("  " + git.describe(commit)));
        return Verdict.UNDECIDED.exitCode();
    }

    private List<Finding> compare(final Git git, final Build base, final Build build, final String commit, final Judge judge,
                                  final PrintWriter out, final PrintWriter err) {
        try (RawFile none = new RawFile(null)) {
            final Comparison.Outcome outcome = measuring.comparison(err, judge).run(base, build, none, new Random());
            out.println(git.describe(commit) + ": " + Report.conclusion(outcome.findings(), judge.margin()));
            out.flush();
            return outcome.findings();
        }
    }
}
