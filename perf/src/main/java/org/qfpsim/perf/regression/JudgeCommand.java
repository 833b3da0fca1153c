package org.qfpsim.perf.regression;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Looks;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges what a comparison has measured before. */
@Command(name = "judge", mixinStandardHelpOptions = true,
    description = "Give the verdicts of a raw file of compare or check, also of one that was interrupted.")
final class JudgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "What --json wrote, perhaps compressed with gzip (FILE.gz).")
    private Path file = Path.of("");

    @Option(names = "--jmh", paramLabel = "PREFIX", description = "Write both sides as results of JMH, PREFIX-a.json and PREFIX-b.json.")
    private @Nullable Path jmh;

    private JudgeCommand() {
    }

    @Override
    public Integer call() {
        final List<String> lines = read();
        final Map<String, Object> header = lines.isEmpty() ? null : JsonLine.parse(lines.getFirst());
        if (header == null || !Integer.valueOf(1).equals(header.get("qfp_comparison"))) {
            throw new InputException("perf judge: " + file + " line 1: not what perf compare --json writes");
        }
        final Record record = new Record();
        final Looks looks = new Looks();
        boolean complete = false;
        for (int i = 1; i < lines.size() && !complete; i++) {
            final Map<String, Object> line = JsonLine.parse(lines.get(i));
            if (line == null && i == lines.size() - 1 && i > 1) {
                // A line that the interruption cut short.
                break;
            }
            complete = line != null && line.containsKey("verdicts");
            if (!complete) {
                add(record, line, i + 1);
                looks.due(number(line, "minutes", i + 1) / number(header, "minutes", 1));
            }
        }
        if (record.isEmpty()) {
            throw new InputException("perf judge: " + file + " has no block: nothing was measured");
        }
        if (jmh != null) {
            JmhOutput.write(record, jmh);
        }
        final Judge judge = new Judge(Math.log1p(number(header, "margin_percent", 1) / 100), number(header, "error_percent", 1) / 100);
        final List<Finding> findings = judge.judge(record.changes(), complete ? looks.share() : looks.shareBetween());
        final PrintWriter out = spec.commandLine().getOut();
        out.println("A: " + header.get("a") + "; B: " + header.get("b") + "; suite " + header.get("suite") + ", AES-128-GCM, "
            + header.get("backend") + "; " + record.size() + " blocks"
            + (complete ? "" : " of a measurement that was interrupted"));
        Report.lines(record, findings, judge.margin()).forEach(out::println);
        return new Comparison.Outcome(record, findings).verdict().exitCode();
    }

    private List<String> read() {
        try (InputStream raw = Files.newInputStream(file);
             BufferedReader reader = new BufferedReader(new InputStreamReader(
                 file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (final UncheckedIOException e) {
            throw new InputException("perf judge: " + file + ": cannot be read: " + e.getMessage(), e);
        } catch (final IOException e) {
            throw InputException.io("perf judge: " + file, "cannot be read", e);
        }
    }

    private void add(final Record record, final @Nullable Map<String, Object> line, final int number) {
        try {
            record.add(Block.of(line == null ? Map.of() : line));
        } catch (final IllegalArgumentException e) {
            throw new InputException("perf judge: " + file + " line " + number + ": " + e.getMessage(), e);
        }
    }

    private double number(final @Nullable Map<String, Object> line, final String name, final int number) {
        if (line != null && line.get(name) instanceof final Number value && value.doubleValue() > 0) {
            return value.doubleValue();
        }
        throw new InputException("perf judge: " + file + " line " + number + ": " + name + " is missing");
    }
}
