package org.qfpsim.perf.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Gives verdicts of several metrics at one look. The probability that any metric without a change is called slower in a look is at most the
 * look's share of the error rate; the same holds for faster. Holm's procedure: the metric with most evidence must pass the share divided by
 * the number of metrics; if it does, the next one the share divided by one less, and so on; where one fails, all that follow are held to
 * the same level. The interval that is shown is that of the level the metric was held to, so that it excludes zero if and only if the test
 * rejects.
 *
 * @param margin what does not matter, as a logarithm.
 * @param error  probability of a false alarm in a whole comparison.
 */
public record Judge(double margin, double error) {
    private record Candidate(String metric, SignedRank ranks, int count) {
    }

    /**
     * Judges paired differences.
     *
     * @param differences of each metric, one a block, as many of each.
     * @param share       of the error rate that this look may use.
     * @return what was found, in the order of the map.
     */
    public List<Finding> judge(final Map<String, double[]> differences, final double share) {
        final List<Candidate> candidates = new ArrayList<>();
        differences.forEach((metric, values) -> candidates.add(new Candidate(metric, new SignedRank(values), values.length)));
        candidates.sort(Comparator.comparingInt((Candidate candidate) -> candidate.ranks.evidence()).reversed());
        final List<Finding> findings = new ArrayList<>();
        int rivals = candidates.size();
        for (final Candidate candidate : candidates) {
            final double level = error * share / rivals;
            final Interval interval = candidate.ranks.interval(level);
            findings.add(new Finding(candidate.metric, interval, level, candidate.count, Verdict.of(interval, margin)));
            if (interval.low() > 0 || interval.high() < 0) {
                rivals--;
            }
        }
        final List<String> order = List.copyOf(differences.keySet());
        findings.sort(Comparator.comparingInt(finding -> order.indexOf(finding.metric())));
        return findings;
    }
}
