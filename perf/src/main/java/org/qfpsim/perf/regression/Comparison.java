package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Status;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Looks;
import org.qfpsim.perf.verdict.Verdict;

/**
 * Measures block after block until every metric has its verdict or the time is used up.
 *
 * @param source  measures a block.
 * @param judge   gives the verdicts.
 * @param minutes the budget.
 * @param clock   nanoseconds.
 * @param err     says how far it is.
 */
record Comparison(Source source, Judge judge, double minutes, LongSupplier clock, PrintWriter err) {
    private static final double MINUTE = 60e9;
    /** The exact test's limit is 1,023. */
    private static final int MOST_BLOCKS = 1000;

    /** Measures. */
    interface Source {
        Block block(Build a, Build b, boolean bFirst);
    }

    /**
     * What a comparison came to.
     *
     * @param record   the blocks.
     * @param findings the verdicts.
     */
    record Outcome(Record record, List<Finding> findings) {
        Verdict verdict() {
            return Verdict.of(findings.stream().map(Finding::verdict).toList());
        }
    }

    /** Measures a version in turns with itself until the time is used up. */
    Record alone(final Build build, final RandomGenerator coin) {
        final Record record = new Record();
        final long start = clock.getAsLong();
        try (Status status = new Status(err)) {
            for (double spent = 0; spent < minutes && record.size() < MOST_BLOCKS; spent = (clock.getAsLong() - start) / MINUTE) {
                status.say(String.format("%s: block %d, %.1f of %.1f minutes", build.label(), record.size() + 1, spent, minutes));
                record.add(source.block(build, build, coin.nextBoolean()));
            }
        }
        return record;
    }

    Outcome run(final Build a, final Build b, final RawFile raw, final RandomGenerator coin) {
        final Record record = new Record();
        final Looks looks = new Looks();
        final long start = clock.getAsLong();
        String state = "";
        try (Status status = new Status(err)) {
            while (true) {
                final Block block = source.block(a, b, coin.nextBoolean());
                record.add(block);
                final double spent = (clock.getAsLong() - start) / MINUTE;
                final Map<String, Object> line = new LinkedHashMap<>(block.toMap());
                line.put("minutes", spent);
                raw.add(line);
                if (looks.due(record.size() == MOST_BLOCKS ? 1 : spent / minutes)) {
                    final List<Finding> findings = judge.judge(record.changes(), looks.share());
                    final long open = findings.stream().filter(finding -> finding.verdict() == Verdict.UNDECIDED).count();
                    if (open == 0 || looks.isOver()) {
                        raw.add(Map.of("verdicts", findings.stream().map(Report::map).toList()));
                        return new Outcome(record, findings);
                    }
                    state = ", " + open + " of " + findings.size() + " metrics undecided";
                }
                status.say(String.format("%s against %s: block %d, %.1f of at most %.1f minutes%s", b.label(), a.label(), record.size(),
                    spent, minutes, state));
            }
        }
    }
}
