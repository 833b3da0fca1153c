package org.qfpsim.perf.selftest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Interval;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Looks;
import org.qfpsim.perf.verdict.Verdict;

/**
 * How often comparisons find what was planted: each is drawn from the pool and then goes through the same looks and the same judge as a
 * live one.
 *
 * @param pool        recorded blocks.
 * @param judge       gives the verdicts.
 * @param blocks      of a whole comparison.
 * @param comparisons of each level.
 */
record PowerTable(Pool pool, Judge judge, int blocks, int comparisons) {
    private static final String ROW = "%8s  %-16s %9s   %-26s %9s %9s %9s %8s";
    private static final double SIDE = 0.025;

    List<String> lines(final RandomGenerator random) {
        final List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("planted", "metric", "measured", "SLOWER (95 % interval)", "SAME", "FASTER", "UNDECIDED", "blocks"));
        for (final int level : PoolRecorder.LEVELS) {
            final Map<String, Map<Verdict, Integer>> counts = new LinkedHashMap<>();
            final int[] used = new int[comparisons];
            for (int i = 0; i < comparisons; i++) {
                final List<Finding> findings = compare(level, random);
                findings.forEach(finding -> count(counts, finding.metric(), finding.verdict()));
                count(counts, "any of them", Verdict.of(findings.stream().map(Finding::verdict).toList()));
                used[i] = findings.getFirst().samples();
            }
            Arrays.sort(used);
            counts.forEach((metric, verdicts) -> lines.add(row(level, metric, verdicts, used[comparisons / 2])));
        }
        return lines;
    }

    private static void count(final Map<String, Map<Verdict, Integer>> counts, final String metric, final Verdict verdict) {
        counts.computeIfAbsent(metric, _ -> new EnumMap<>(Verdict.class)).merge(verdict, 1, Integer::sum);
    }

    private List<Finding> compare(final int level, final RandomGenerator random) {
        final Map<String, double[]> all = pool.draw(level, blocks, random);
        final Looks looks = new Looks();
        for (int n = 1;; n++) {
            if (looks.due((double) n / blocks)) {
                final Map<String, double[]> sofar = new LinkedHashMap<>();
                for (final Map.Entry<String, double[]> metric : all.entrySet()) {
                    sofar.put(metric.getKey(), Arrays.copyOf(metric.getValue(), n));
                }
                final List<Finding> findings = judge.judge(sofar, looks.share());
                if (looks.isOver() || findings.stream().noneMatch(finding -> finding.verdict() == Verdict.UNDECIDED)) {
                    return findings;
                }
            }
        }
    }

    private String row(final int level, final String metric, final Map<Verdict, Integer> verdicts, final int used) {
        final int slower = verdicts.getOrDefault(Verdict.SLOWER, 0);
        final boolean one = pool.metrics().contains(metric);
        return ROW.formatted(level + " %", metric, one ? format("%.2f %%", Interval.percent(pool.planted(metric, level))) : "",
            share(slower) + format(" (%.1f to %.1f)", 100 * low(slower), 100 * high(slower)), share(verdicts.getOrDefault(Verdict.SAME, 0)),
            share(verdicts.getOrDefault(Verdict.FASTER, 0)), share(verdicts.getOrDefault(Verdict.UNDECIDED, 0)), one ? ""
            : String.valueOf(used));
    }

    private String share(final int count) {
        return format("%.1f %%", 100.0 * count / comparisons);
    }

    /** Of Clopper and Pearson. */
    private double low(final int count) {
        return count == 0 ? 0 : BetaDistribution.of(count, comparisons - count + 1).inverseCumulativeProbability(SIDE);
    }

    private double high(final int count) {
        return count == comparisons ? 1 : BetaDistribution.of(count + 1, comparisons - count).inverseSurvivalProbability(SIDE);
    }

    private static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
