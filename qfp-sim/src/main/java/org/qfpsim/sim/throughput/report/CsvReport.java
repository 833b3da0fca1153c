package org.qfpsim.sim.throughput.report;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.throughput.experiment.Point;
import org.qfpsim.sim.throughput.load.Latency;
import org.qfpsim.sim.throughput.load.TrialResult;

/** A line a trial (RFC 4180), all of them; above it the environment as comments. */
public final class CsvReport {
    private static final List<String> COLUMNS = List.of("size", "sas", "ppes", "mix", "dispatch", "suite", "features", "burst",
        "purpose", "load", "seconds", "offered", "offered_seconds", "forwarded", "lost", "loss_ratio", "good_loss_ratio", "latest_nanos",
        "starved", "stolen_millis", "clock_millis", "p50_nanos", "p99_nanos", "max_nanos", "drops", "conservation", "discarded");

    private CsvReport() {
    }

    /**
     * Writes a report.
     *
     * @param run  what was measured.
     * @param file where.
     */
    public static void write(final Run run, final String file) {
        try (OutputFile out = OutputFile.create(file)) {
            final PrintWriter text = new PrintWriter(out.stream(), false, StandardCharsets.UTF_8);
            run.environment().forEach((name, value) -> text.print("# " + name + ": " + String.valueOf(value).replace('\n', ' ') + "\r\n"));
            line(text, COLUMNS);
            for (final Map.Entry<Point, TrialResult> entry : run.trials()) {
                final List<String> cells = new ArrayList<>(entry.getKey().cells());
                cells.addAll(cells(entry.getValue()));
                line(text, cells);
            }
            text.flush();
            out.commit();
        }
    }

    private static List<String> cells(final TrialResult trial) {
        final Latency latency = trial.latency();
        final List<Object> values = List.of(trial.purpose(), trial.load(), trial.seconds(), trial.offered(), trial.offeredSeconds(),
            trial.forwarded(), trial.lost(), trial.lossRatio(), trial.goodLossRatio(), trial.latestNanos(), trial.starved(),
            trial.stolenMillis(), trial.clockMillis(), latency == null ? "" : latency.at("50"), latency == null ? "" : latency.at("99"),
            latency == null ? "" : latency.at("100"), drops(trial), trial.conservation(), trial.discarded());
        return values.stream().map(String::valueOf).toList();
    }

    private static String drops(final TrialResult trial) {
        final List<String> drops = new ArrayList<>();
        trial.drops().forEach((reason, packets) -> drops.add(reason + "=" + packets));
        return String.join(" ", drops);
    }

    private static void line(final PrintWriter text, final List<String> cells) {
        text.print(String.join(",", cells.stream().map(CsvReport::quote).toList()) + "\r\n");
    }

    private static String quote(final String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
