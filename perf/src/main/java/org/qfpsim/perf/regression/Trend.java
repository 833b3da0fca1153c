package org.qfpsim.perf.regression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A history of ratios to the bare decrypt, as a table and as a picture. */
final class Trend {
    private static final String ROW = "%-20s %-24s %9s %9s";
    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final int LEFT = 60;
    private static final int TOP = 34;

    private final List<Samples> history;
    private final Set<String> metrics = new LinkedHashSet<>();

    Trend(final List<Samples> history) {
        this.history = history;
        history.forEach(samples -> metrics.addAll(samples.metrics()));
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        for (final String metric : metrics) {
            lines.add(ROW.formatted(metric, "", "of bare", "change"));
            Samples last = null;
            for (final Samples samples : measured(metric)) {
                final double ratio = samples.ratio(metric);
                final String change = last == null ? "" : last.hardware().equals(samples.hardware())
                    ? format("%+.1f %%", 100 * (ratio / last.ratio(metric) - 1)) : "other hw";
                lines.add(ROW.formatted("  " + samples.at().replace("T", " ").replace("Z", ""), samples.version(), format("%.3f", ratio),
                    change));
                last = samples;
            }
        }
        return lines;
    }

    private List<Samples> measured(final String metric) {
        return history.stream().filter(samples -> samples.ratios(metric).length > 0).toList();
    }

    /** An SVG document: one panel a metric, one point a record, a gap where the hardware changes. */
    String svg() {
        final StringBuilder svg = new StringBuilder(format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            + "font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n", WIDTH,
            metrics.size() * (HEIGHT + TOP) + TOP));
        int top = TOP;
        for (final String metric : metrics) {
            panel(svg, metric, top);
            top += HEIGHT + TOP;
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(final StringBuilder svg, final String metric, final int top) {
        final List<Samples> points = measured(metric);
        final double least = points.stream().mapToDouble(samples -> samples.ratio(metric)).min().orElse(0) * 0.98;
        final double most = points.stream().mapToDouble(samples -> samples.ratio(metric)).max().orElse(1) * 1.02;
        svg.append(format("<text x=\"%d\" y=\"%d\">%s, times bare</text>%n", LEFT, top - 8, escaped(metric)));
        svg.append(format("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"black\"/>%n", LEFT, top, top + HEIGHT, WIDTH - 20));
        svg.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.2f</text>%n", LEFT - 6, top + 10, most));
        svg.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.2f</text>%n", LEFT - 6, top + HEIGHT, least));
        final StringBuilder line = new StringBuilder();
        String hardware = "";
        for (int i = 0; i < points.size(); i++) {
            final Samples samples = points.get(i);
            final double x = LEFT + (i + 0.5) * (WIDTH - 20 - LEFT) / points.size();
            final double y = top + HEIGHT * (most - samples.ratio(metric)) / (most - least);
            line.append(format("%s%.1f %.1f", samples.hardware().equals(hardware) ? "L" : "M", x, y));
            hardware = samples.hardware();
            svg.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s %s: %.3f</title></circle>%n", x, y,
                escaped(samples.version()),
                escaped(samples.at()), samples.ratio(metric)));
        }
        svg.append(format("<path d=\"%s\" fill=\"none\" stroke=\"steelblue\"/>%n", line));
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
