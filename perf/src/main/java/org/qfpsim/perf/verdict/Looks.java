package org.qfpsim.perf.verdict;

/**
 * When a comparison is looked at, and how much of its error rate each look may use. The times are fractions of the budget, fixed before
 * anything is measured; the shares add up to one, so that looking four times does not raise the error rate (the union bound, which needs no
 * assumption about how the looks depend on each other). Early looks get less: they find what is large.
 */
public final class Looks {
    private static final double[] AT = {0.25, 0.5, 0.75, 1};
    private static final double[] SHARE = {0.1, 0.2, 0.3, 0.4};
    private int next;

    /** How many there are. */
    public static int count() {
        return AT.length;
    }

    /**
     * Whether the next look is due; if so, it is taken.
     *
     * @param fraction of the budget that is spent.
     * @return whether to look now.
     */
    public boolean due(final double fraction) {
        if (isOver() || fraction < AT[next]) {
            return false;
        }
        while (!isOver() && fraction >= AT[next]) {
            next++;
        }
        return true;
    }

    /** Whether the last look was taken. */
    public boolean isOver() {
        return next == AT.length;
    }

    /** The share of the look that was taken last. */
    public double share() {
        return SHARE[Math.max(0, next - 1)];
    }

    /** The share of the look that comes next: for a measurement that ended between two looks. */
    public double shareBetween() {
        return SHARE[Math.min(next, SHARE.length - 1)];
    }
}
