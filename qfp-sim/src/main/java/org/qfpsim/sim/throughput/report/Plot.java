package org.qfpsim.sim.throughput.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plot as SVG: named series of points, joined by lines or not. Points that are not numbers are left out. */
public final class Plot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;
    private static final int LEGEND_LINE = 18;
    private static final int TICKS = 6;
    private static final int MOST_SERIES = 24;
    private static final List<String> COLOURS = List.of("#0b62a4", "#c0392b", "#1e8449", "#8e44ad", "#d68910", "#117a8b", "#7b241c",
        "#566573");

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private boolean logX;

    /** Points of one name. */
    private record Series(boolean joined, List<double[]> points) {
    }

    /**
     * An empty plot.
     *
     * @param title  above it.
     * @param xTitle below it.
     * @param yTitle beside it.
     */
    public Plot(final String title, final String xTitle, final String yTitle) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
    }

    /**
     * Makes the horizontal axis logarithmic; its values are above 0.
     *
     * @return this.
     */
    public Plot logarithmic() {
        logX = true;
        return this;
    }

    /**
     * Adds a point that is joined to the one before by a line.
     *
     * @param name of the series.
     * @param x    across.
     * @param y    up.
     */
    public void add(final String name, final double x, final double y) {
        put(name, x, y, true);
    }

    /**
     * Adds a point that is joined to nothing.
     *
     * @param name of the series.
     * @param x    across.
     * @param y    up.
     */
    public void dot(final String name, final double x, final double y) {
        put(name, x, y, false);
    }

    private void put(final String name, final double x, final double y, final boolean joined) {
        if (Double.isFinite(x) && Double.isFinite(y) && (!logX || x > 0)) {
            series.computeIfAbsent(name, key -> new Series(joined, new ArrayList<>())).points().add(new double[] {x, y});
        }
    }

    /** Whether there is nothing to show. */
    boolean isEmpty() {
        return series.isEmpty();
    }

    /** The title. */
    String title() {
        return title;
    }

    /** The plot as an element for HTML, with a legend below. */
    String svg() {
        final List<Map.Entry<String, Series>> shown = series.entrySet().stream().limit(MOST_SERIES).toList();
        final int height = HEIGHT + shown.size() * LEGEND_LINE;
        final StringBuilder out = new StringBuilder();
        add(out, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">", WIDTH, height,
            WIDTH, height);
        add(out, "<title>%s</title>", escape(title));
        final Axis x = new Axis(values(0), LEFT, WIDTH - RIGHT, logX, false);
        final Axis y = new Axis(values(1), HEIGHT - BOTTOM, TOP, false, true);
        axes(out, x, y);
        int number = 0;
        for (final Map.Entry<String, Series> entry : shown) {
            final String colour = colour(number);
            draw(out, entry.getValue(), x, y, colour);
            final int line = HEIGHT + number * LEGEND_LINE;
            add(out, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", LEFT, line, colour);
            add(out, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT + LEGEND_LINE, line + 11, escape(entry.getKey()));
            number++;
        }
        return out.append("</svg>").toString();
    }

    private double[] values(final int axis) {
        return series.values().stream().flatMap(one -> one.points().stream()).mapToDouble(point -> point[axis]).toArray();
    }

    private void axes(final StringBuilder out, final Axis x, final Axis y) {
        for (final double tick : y.ticks()) {
            add(out, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>", LEFT, WIDTH - RIGHT, y.at(tick), y.at(tick));
            add(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y.at(tick) + 4, number(tick));
        }
        for (final double tick : x.ticks()) {
            add(out, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" class=\"grid\"/>", x.at(tick), x.at(tick), TOP, HEIGHT - BOTTOM);
            add(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x.at(tick), HEIGHT - BOTTOM + 16, number(tick));
        }
        add(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, escape(xTitle));
        add(out, "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>", (TOP + HEIGHT - BOTTOM) / 2,
            escape(yTitle));
    }

    private static void draw(final StringBuilder out, final Series one, final Axis x, final Axis y, final String colour) {
        if (one.joined() && one.points().size() > 1) {
            out.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour).append("\" points=\"");
            one.points().forEach(point -> add(out, "%.1f,%.1f ", x.at(point[0]), y.at(point[1])));
            out.append("\"/>");
        }
        one.points().forEach(point -> add(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\" fill-opacity=\"0.7\"/>", x.at(point[0]),
            y.at(point[1]), colour));
    }

    private static void add(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }

    private static String number(final double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return String.valueOf((long) value);
        }
        return Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? String.format(Locale.ROOT, "%.1e", value)
            : String.format(Locale.ROOT, "%.4g", value).replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
    }

    /** The colour of a series, by its number. */
    static String colour(final int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    /** Text for XML. */
    static String escape(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** From values to places. */
    private static final class Axis {
        private final double step;
        private final double from;
        private final double to;
        private final double begin;
        private final double end;
        private final boolean log;

        Axis(final double[] values, final double begin, final double end, final boolean log, final boolean fromZero) {
            double low = fromZero ? 0 : Double.MAX_VALUE;
            double high = fromZero ? 0 : -Double.MAX_VALUE;
            for (final double value : values) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            this.log = log;
            this.begin = begin;
            this.end = end;
            if (low >= high) {
                high = low + (low == 0 ? 1 : Math.abs(low));
            }
            step = log ? 0 : roundStep((high - low) / (TICKS - 1));
            from = log ? Math.pow(10, Math.floor(Math.log10(low))) : Math.floor(low / step) * step;
            to = log ? Math.pow(10, Math.ceil(Math.log10(high))) : Math.ceil(high / step - 1e-9) * step;
        }

        /** 1, 2 or 5 times a power of ten, at least as much. */
        private static double roundStep(final double least) {
            final double power = Math.pow(10, Math.floor(Math.log10(least)));
            for (final int digit : new int[] {1, 2, 5}) {
                if (digit * power >= least) {
                    return digit * power;
                }
            }
            return 10 * power;
        }

        double at(final double value) {
            final double share = log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
            return begin + share * (end - begin);
        }

        List<Double> ticks() {
            final List<Double> ticks = new ArrayList<>();
            for (double tick = from; tick <= to * (1 + 1e-9); tick = log ? tick * 10 : tick + step) {
                // Sums of steps are not exact.
                ticks.add(log ? tick : Math.rint(tick / step) * step);
            }
            return ticks;
        }
    }
}
