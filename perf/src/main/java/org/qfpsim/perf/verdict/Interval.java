package org.qfpsim.perf.verdict;

/**
 * A change as the logarithm of time behind over time before: above zero is slower.
 *
 * @param estimate of the change.
 * @param low      lower bound; minus infinity when there is too little data for any.
 * @param high     upper bound.
 */
public record Interval(double estimate, double low, double high) {
    /** The estimate in percent. */
    public double percent() {
        return percent(estimate);
    }

    /**
     * In percent.
     *
     * @param change logarithm of a ratio.
     * @return percent above or below 1.
     */
    public static double percent(final double change) {
        return 100 * Math.expm1(change);
    }

    /**
     * The same widened on both sides.
     *
     * @param by how much.
     * @return the interval.
     */
    public Interval widened(final double by) {
        return new Interval(estimate, low - by, high + by);
    }
}
