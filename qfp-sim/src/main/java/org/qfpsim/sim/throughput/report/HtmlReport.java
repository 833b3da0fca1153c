package org.qfpsim.sim.throughput.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.throughput.experiment.PointResult;
import org.qfpsim.sim.throughput.load.Device;
import org.qfpsim.sim.throughput.load.TrialResult;

/** One HTML file that needs no other: what was asked, the table, plots, drops by reason, the environment. */
public final class HtmlReport {
    private static final String STYLE = """
        body { font: 15px/1.45 system-ui, sans-serif; color: #222; max-width: 900px; margin: 2em auto; padding: 0 1em }
        table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums; display: block; overflow-x: auto }
        th, td { border-bottom: 1px solid #ccc; padding: 3px 10px; text-align: right } td:first-child, th:first-child { text-align: left }
        svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; background: #fff } .grid { stroke: #ddd }
        pre { background: #f4f4f4; padding: 1em; overflow-x: auto } .warn { color: #a00; font-weight: 600 }
        """;

    private HtmlReport() {
    }

    /**
     * Writes a report.
     *
     * @param run  what was measured.
     * @param file where.
     */
    public static void write(final Run run, final String file) {
        try (OutputFile out = OutputFile.create(file)) {
            final byte[] html = html(run).getBytes(StandardCharsets.UTF_8);
            out.stream().write(html, 0, html.length);
            out.commit();
        } catch (final IOException e) {
            throw InputException.io(file, "cannot be written", e);
        }
    }

    static String html(final Run run) {
        final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>");
        out.append(Plot.escape("qfp-sim throughput: " + run.experiment().name())).append("</title><style>").append(STYLE)
            .append("</style></head><body>\n");
        tag(out, "h1", "qfp-sim throughput: " + run.experiment().name());
        tag(out, "pre", "./qfp " + String.join(" ", run.command()) + "\n\n" + String.join("\n", run.experiment().describe()));
        if (!run.isComplete()) {
            out.append("<p class=\"warn\">Stopped before the end: what follows is what was measured until then.</p>\n");
        }
        run.faults().forEach(fault -> out.append("<p class=\"warn\">NOT ACCOUNTED FOR: ").append(Plot.escape(fault)).append("</p>\n"));
        if (run.points().stream().anyMatch(point -> Boolean.TRUE.equals(point.facts().get("modelled")))) {
            out.append("<p class=\"warn\">Modelled: virtual time, the hardware's published figures; not measured.</p>\n");
        }
        table(out, run.table());
        run.experiment().plots(run.points()).stream().filter(plot -> !plot.isEmpty()).forEach(plot -> {
            tag(out, "h2", plot.title());
            out.append(plot.svg()).append('\n');
        });
        tag(out, "h2", "Drops by reason, all trials that count");
        table(out, drops(run));
        CostReport.html(run.points(), out);
        tag(out, "h2", "What was discarded");
        tag(out, "p", run.ruleText());
        run.disturbances().forEach(line -> tag(out, "p", line));
        tag(out, "h2", "Device and generator");
        table(out, facts(run));
        tag(out, "h2", "Environment");
        final List<List<String>> rows = new ArrayList<>(List.of(List.of("", "")));
        run.environment().forEach((name, value) -> rows.add(List.of(name, String.valueOf(value))));
        table(out, rows);
        return out.append("</body></html>\n").toString();
    }

    private static List<List<String>> drops(final Run run) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("point", "reason", "packets", "of offered, %"));
        for (final PointResult point : run.points()) {
            final Map<String, Long> sums = new LinkedHashMap<>();
            point.counting().forEach(trial -> trial.drops().forEach((reason, packets) -> sums.merge(reason, packets, Long::sum)));
            final long offered = point.counting().stream().mapToLong(TrialResult::offered).sum();
            sums.forEach((reason, packets) -> rows.add(List.of(point.point().label(), reason, "%,d".formatted(packets),
                "%.4f".formatted(100.0 * packets / Math.max(1, offered)))));
        }
        return rows;
    }

    private static List<List<String>> facts(final Run run) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("point", "what", "value"));
        run.points().forEach(point -> point.facts().forEach((name, value) -> {
            if (!name.equals(Device.NOTES) && !name.equals(Device.COST)) {
                rows.add(List.of(point.point().label(), name, String.valueOf(value)));
            }
        }));
        return rows;
    }

    static void table(final StringBuilder out, final List<List<String>> rows) {
        out.append("<table>");
        String cell = "th";
        for (final List<String> row : rows) {
            out.append("<tr>");
            for (final String text : row) {
                out.append('<').append(cell).append('>').append(Plot.escape(text)).append("</").append(cell).append('>');
            }
            out.append("</tr>\n");
            cell = "td";
        }
        out.append("</table>\n");
    }

    static void tag(final StringBuilder out, final String name, final String text) {
        out.append('<').append(name).append('>').append(Plot.escape(text)).append("</").append(name).append(">\n");
    }
}
