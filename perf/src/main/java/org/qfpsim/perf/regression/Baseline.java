package org.qfpsim.perf.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Interval;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.RankSum;
import org.qfpsim.perf.verdict.Verdict;

/**
 * Compares with something measured at another time: only ratios to the ruler, and on other hardware no verdict but SAME or UNDECIDED,
 * because a ratio changes with the processor's caches as well; SAME only if it is known how much ({@link MachineSpread}).
 */
final class Baseline {
    private static final String ROW = "%-16s %9s %9s   %8s  %-20s   %s";

    private final Samples before;
    private final MachineSpread spread;
    private final Samples now;
    private final Judge judge;

    /**
     * A comparison.
     *
     * @param history its last line is compared with; the others tell how machines differ.
     * @param now     what was measured here.
     * @param judge   decides.
     */
    Baseline(final List<Samples> history, final Samples now, final Judge judge) {
        before = history.getLast();
        spread = MachineSpread.of(history, now.suite());
        this.now = now;
        this.judge = judge;
    }

    boolean isSameHardware() {
        return before.hardware().equals(now.hardware());
    }

    /** One of each metric that both have. The error rate is divided by their number. */
    List<Finding> findings() {
        final List<String> metrics = now.metrics().stream().filter(before.metrics()::contains).toList();
        final List<Finding> findings = new ArrayList<>();
        for (final String metric : metrics) {
            final double level = judge.error() / metrics.size();
            final double[] older = before.ratios(metric);
            final double[] newer = now.ratios(metric);
            final Interval here = RankSum.interval(older, newer, level);
            final boolean same = isSameHardware();
            final Interval interval = same ? here : spread.widen(metric, here);
            final Verdict verdict = Verdict.of(interval, judge.margin());
            findings.add(new Finding(metric, interval, level, Math.min(older.length, newer.length),
                same || verdict == Verdict.SAME && spread.known(metric) ? verdict : Verdict.UNDECIDED));
        }
        return findings;
    }

    List<String> lines(final List<Finding> findings) {
        final List<String> lines = new ArrayList<>();
        lines.add("baseline: " + before.version() + " of " + before.at() + ", " + before.processes()
            + " processes; now: " + now.processes());
        if (!isSameHardware()) {
            lines.add("other hardware: nothing is called SLOWER or FASTER; " + spread.text());
            lines.add("  then: " + before.hardware());
            lines.add("  now:  " + now.hardware());
        }
        lines.add(ROW.formatted("of bare", "then", "now", "change", "interval", "verdict"));
        for (final Finding finding : findings) {
            lines.add(ROW.formatted(finding.metric(), ratio(before, finding), ratio(now, finding),
                Report.percent(finding.interval().estimate()), Report.range(finding.interval()), finding.verdict()));
        }
        lines.add(Report.conclusion(findings, judge.margin()));
        return lines;
    }

    private static String ratio(final Samples samples, final Finding finding) {
        return String.format(Locale.ROOT, "%.3f", samples.ratio(finding.metric()));
    }
}
