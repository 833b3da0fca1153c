package org.qfpsim.perf.regression;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges what comparisons have measured before. */
@Command(name = "judge", mixinStandardHelpOptions = true,
    description = "The verdicts of a raw file of compare or check, also of one that was interrupted; of several, a line for each metric.")
final class JudgeCommand implements Callable<Integer> {
    /** Behind the file's name: blocks, metric, change, interval, verdict. */
    private static final String ROW = " %7s  %-18s %9s  %-20s  %s";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*",
        description = "What --json wrote, perhaps compressed with gzip (FILE.gz); or a folder of such files and nothing else.")
    private List<Path> files = List.of();

    @Option(names = "--jmh", paramLabel = "PREFIX",
        description = "Write both sides of one comparison as results of JMH, PREFIX-a.json and PREFIX-b.json.")
    private @Nullable Path jmh;

    private JudgeCommand() {
    }

    @Override
    public Integer call() {
        final List<RawComparison> all = all().stream().map(RawComparison::read).toList();
        if (jmh != null) {
            if (all.size() > 1) {
                throw new InputException("perf judge: --jmh takes one FILE");
            }
            JmhOutput.write(all.getFirst().record(), jmh);
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (all.size() == 1) {
            all.getFirst().lines().forEach(out::println);
        } else {
            table(all, out);
        }
        return Verdict.of(all.stream().map(RawComparison::verdict).toList()).exitCode();
    }

    private List<Path> all() {
        final List<Path> all = new ArrayList<>();
        for (final Path file : files) {
            if (!Files.isDirectory(file)) {
                all.add(file);
                continue;
            }
            try (Stream<Path> inside = Files.list(file)) {
                all.addAll(inside.sorted().toList());
            } catch (final IOException e) {
                throw InputException.io("perf judge: " + file, "cannot be read", e);
            }
        }
        if (all.isEmpty()) {
            throw new InputException("perf judge: nothing is in " + files.getFirst());
        }
        return all;
    }

    private static void table(final List<RawComparison> all, final PrintWriter out) {
        final int width = all.stream().mapToInt(comparison -> comparison.name().length()).max().orElse(0);
        final String row = "%-" + width + "s" + ROW;
        out.println(row.formatted("file", "blocks", "metric", "change", "interval", "verdict"));
        for (final RawComparison comparison : all) {
            String name = comparison.name();
            String blocks = String.valueOf(comparison.record().size());
            for (final Finding finding : comparison.findings()) {
                out.println(row.formatted(name, blocks, finding.metric(), Report.percent(finding.interval().estimate()),
                    Report.range(finding.interval()), finding.verdict()));
                name = "";
                blocks = "";
            }
        }
        for (final Verdict verdict : Verdict.values()) {
            final long count = all.stream().filter(comparison -> comparison.verdict() == verdict).count();
            if (count != 0) {
                out.println(verdict + ": " + count + " of " + all.size());
            }
        }
    }
}
