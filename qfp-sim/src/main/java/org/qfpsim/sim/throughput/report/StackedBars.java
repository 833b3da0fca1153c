package org.qfpsim.sim.throughput.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A plot as SVG: a bar across for each label, made of named parts one behind the other. */
final class StackedBars {
    private static final int WIDTH = 860;
    private static final int LEFT = 200;
    private static final int RIGHT = 80;
    private static final int BAR = 22;
    private static final int LINE = 30;
    private static final int MOST_BARS = 32;

    private final String unit;
    private final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();

    StackedBars(final String unit) {
        this.unit = unit;
    }

    /** Adds a bar, unless there are too many already; the table has them all. */
    void add(final String label, final Map<String, Double> parts) {
        if (bars.size() < MOST_BARS) {
            bars.put(label, parts);
        }
    }

    private static double sum(final Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    String svg() {
        final Set<String> names = new LinkedHashSet<>();
        bars.values().forEach(parts -> names.addAll(parts.keySet()));
        final List<String> order = List.copyOf(names);
        final double longest = bars.values().stream().mapToDouble(StackedBars::sum).max().orElse(0);
        final double scale = (WIDTH - LEFT - RIGHT) / Math.max(longest, 1e-9);
        final int height = LINE * (bars.size() + order.size());
        final StringBuilder out = new StringBuilder();
        add(out, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">", WIDTH, height, WIDTH, height);
        add(out, "<title>%s</title>", Plot.escape(unit));
        int y = 0;
        for (final Map.Entry<String, Map<String, Double>> bar : bars.entrySet()) {
            add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, y + BAR - 6, Plot.escape(bar.getKey()));
            double x = LEFT;
            for (final Map.Entry<String, Double> part : bar.getValue().entrySet()) {
                final double width = part.getValue() * scale;
                add(out, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s %.1f %s</title></rect>",
                    x, y, width, BAR,
                    Plot.colour(order.indexOf(part.getKey())), Plot.escape(part.getKey()), part.getValue(), Plot.escape(unit));
                x += width;
            }
            add(out, "<text x=\"%.1f\" y=\"%d\">%.1f</text>", x + 6, y + BAR - 6, sum(bar.getValue()));
            y += LINE;
        }
        for (int i = 0; i < order.size(); i++) {
            add(out, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", LEFT, y + 4, Plot.colour(i));
            add(out, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 18, y + 15, Plot.escape(order.get(i)));
            y += LINE;
        }
        return out.append("</svg>").toString();
    }

    private static void add(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
