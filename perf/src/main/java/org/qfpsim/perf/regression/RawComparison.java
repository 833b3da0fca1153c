package org.qfpsim.perf.regression;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Looks;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.InputException;

/**
 * A comparison as {@code --json} wrote it, and what it comes to.
 *
 * @param file     where it was.
 * @param header   its first line.
 * @param complete whether the comparison went on to its end.
 * @param record   the blocks.
 * @param judge    with margin and error rate of the header.
 * @param findings of each metric.
 */
record RawComparison(Path file, Map<String, Object> header, boolean complete, Record record, Judge judge, List<Finding> findings) {
    /**
     * Reads and judges.
     *
     * @param file perhaps compressed, if it ends with {@code .gz}.
     * @return the comparison.
     * @throws InputException if it is none, or has no block.
     */
    static RawComparison read(final Path file) {
        final List<String> lines = lines(file);
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
                add(record, line, file, i + 1);
                looks.due(number(line, "minutes", file, i + 1) / number(header, "minutes", file, 1));
            }
        }
        if (record.isEmpty()) {
            throw new InputException("perf judge: " + file + " has no block: nothing was measured");
        }
        final Judge judge = new Judge(Math.log1p(number(header, "margin_percent", file, 1) / 100),
            number(header, "error_percent", file, 1) / 100);
        return new RawComparison(file, header, complete, record, judge,
            judge.judge(record.changes(), complete ? looks.share() : looks.shareBetween()));
    }

    /** What the file is called, without its folder. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    /** The table that the comparison printed at its end. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("A: " + header.get("a") + "; B: " + header.get("b") + "; suite " + header.get("suite") + ", AES-128-GCM, "
            + header.get("backend") + "; " + record.size() + " blocks"
            + (complete ? "" : " of a measurement that was interrupted"));
        lines.addAll(Report.lines(record, findings, judge.margin()));
        return lines;
    }

    /** What all metrics together come to. */
    Verdict verdict() {
        return new Comparison.Outcome(record, findings).verdict();
    }

    private static List<String> lines(final Path file) {
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

    private static void add(final Record record, final @Nullable Map<String, Object> line, final Path file, final int number) {
        try {
            record.add(Block.of(line == null ? Map.of() : line));
        } catch (final IllegalArgumentException e) {
            throw new InputException("perf judge: " + file + " line " + number + ": " + e.getMessage(), e);
        }
    }

    private static double number(final @Nullable Map<String, Object> line, final String name, final Path file, final int number) {
        if (line != null && line.get(name) instanceof final Number value && value.doubleValue() > 0) {
            return value.doubleValue();
        }
        throw new InputException("perf judge: " + file + " line " + number + ": " + name + " is missing");
    }
}
