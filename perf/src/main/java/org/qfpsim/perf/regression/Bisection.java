package org.qfpsim.perf.regression;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.verdict.Verdict;

/** Finds the first of some commits that is slower than the good one, by halves. */
final class Bisection {
    /** Compares a commit with the good one. */
    interface Trial {
        Verdict verdict(String commit);
    }

    /**
     * What was found.
     *
     * @param suspects  oldest first: one of them made it slower; a single one if every trial had a verdict.
     * @param undecided the commit whose trial had none, or null.
     */
    record Result(List<String> suspects, @Nullable String undecided) {
    }

    private Bisection() {
    }

    /**
     * Which change is as good as none in a step. One commit is to blame: a step has the whole slow-down or nothing of it, and what is small
     * enough to be called the same must not be the whole.
     *
     * @param slowDown the least slow-down between both ends, of those that were found; a logarithm.
     * @return half of it.
     */
    static double margin(final double slowDown) {
        return slowDown / 2;
    }

    /**
     * Searches.
     *
     * @param commits oldest first, without the good one; the last is known to be slower.
     * @param trial   compares with the good one.
     * @return the suspects.
     */
    static Result find(final List<String> commits, final Trial trial) {
        int good = -1;
        int bad = commits.size() - 1;
        while (bad - good > 1) {
            final int middle = (good + bad) >>> 1;
            switch (trial.verdict(commits.get(middle))) {
                case SLOWER -> bad = middle;
                case SAME, FASTER -> good = middle;
                case UNDECIDED -> {
                    return new Result(commits.subList(good + 1, bad + 1), commits.get(middle));
                }
            }
        }
        return new Result(commits.subList(good + 1, bad + 1), null);
    }
}
