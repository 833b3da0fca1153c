package org.qfpsim.perf.verdict;

import java.util.Collection;

/** What is said of a metric, or of all of them. */
public enum Verdict {
    /** The whole interval is faster than before. */
    FASTER(0),
    /** The whole interval lies within the margin: what difference there may be is too small to matter. */
    SAME(0),
    /** None of the others: the measurement was too short, or the machine too restless. */
    UNDECIDED(3),
    /** The whole interval is slower than before. */
    SLOWER(1);

    private final int exitCode;

    Verdict(final int exitCode) {
        this.exitCode = exitCode;
    }

    /** What a command ends with. */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The verdict of an interval.
     *
     * @param interval of the change.
     * @param margin   what does not matter, as a logarithm above zero.
     * @return the verdict.
     */
    public static Verdict of(final Interval interval, final double margin) {
        if (interval.low() > -margin && interval.high() < margin) {
            return SAME;
        }
        if (interval.low() > 0) {
            return SLOWER;
        }
        return interval.high() < 0 ? FASTER : UNDECIDED;
    }

    /**
     * The verdict of a comparison.
     *
     * @param all verdicts of its metrics.
     * @return slower if one is, else undecided if one is, else faster if one is.
     */
    public static Verdict of(final Collection<Verdict> all) {
        if (all.contains(SLOWER)) {
            return SLOWER;
        }
        if (all.contains(UNDECIDED)) {
            return UNDECIDED;
        }
        return all.contains(FASTER) ? FASTER : SAME;
    }
}
