package org.qfpsim.perf.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Interval;
import org.qfpsim.perf.verdict.Verdict;

/** How findings are printed. */
final class Report {
    private static final String ROW = "%-16s %9s %9s   %8s  %-20s %8s   %s";

    private Report() {
    }

    /** The table of a comparison and what it comes to. */
    static List<String> lines(final Record record, final List<Finding> findings, final double margin) {
        final List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("ns a packet", "A", "B", "change", "interval", "visible", "verdict"));
        for (final Finding finding : findings) {
            lines.add(ROW.formatted(finding.metric(), number("%.1f", record.nanos(finding.metric(), false)),
                number("%.1f", record.nanos(finding.metric(), true)), percent(finding.interval().estimate()), range(finding.interval()),
                percent(finding.visible()).replace("+", ""), finding.verdict()));
        }
        lines.addAll(drift(record.ruler()));
        lines.add(conclusion(findings, margin));
        return lines;
    }

    /** What all metrics together come to. */
    static String conclusion(final List<Finding> findings, final double margin) {
        final Verdict verdict = Verdict.of(findings.stream().map(Finding::verdict).toList());
        final String which = String.join(", ", findings.stream().filter(finding -> finding.verdict() == verdict).map(Finding::metric)
            .toList());
        return switch (verdict) {
            case SLOWER -> "SLOWER: " + which;
            case FASTER -> "FASTER: " + which + "; nothing is slower";
            case SAME -> "SAME: every difference is smaller than " + percent(margin).substring(1);
            case UNDECIDED -> "UNDECIDED: " + which + "; measure longer (--minutes) or on a quieter machine";
        };
    }

    private static List<String> drift(final double[] ruler) {
        if (ruler.length == 0) {
            return List.of();
        }
        final double[] sorted = ruler.clone();
        Arrays.sort(sorted);
        return List.of(String.format(Locale.ROOT,
            "ruler (bare decrypt of A, 64 octets): %.1f to %.1f ns over %d blocks, %.1f in the first, %.1f in the last",
            sorted[0], sorted[sorted.length - 1], ruler.length, ruler[0], ruler[ruler.length - 1]));
    }

    /** A finding for a file. */
    static Map<String, Object> map(final Finding finding) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("metric", finding.metric());
        map.put("verdict", finding.verdict().name());
        map.put("samples", finding.samples());
        map.put("level", finding.level());
        // JSON knows no infinity.
        if (Double.isFinite(finding.visible())) {
            map.put("change_percent", finding.interval().percent());
            map.put("low_percent", Interval.percent(finding.interval().low()));
            map.put("high_percent", Interval.percent(finding.interval().high()));
            map.put("visible_percent", Interval.percent(finding.visible()));
        }
        return map;
    }

    static String range(final Interval interval) {
        return Double.isFinite(interval.high() - interval.low()) ? percent(interval.low()) + " to " + percent(interval.high())
            : "too few blocks";
    }

    static String percent(final double change) {
        return Double.isFinite(change) ? number("%+.2f %%", Interval.percent(change)) : "-";
    }

    private static String number(final String format, final double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
