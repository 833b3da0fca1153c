package org.qfpsim.datapath.counters;

/**
 * What was sampled of a cost.
 *
 * @param nanos     in all intervals, with what reading the clock once costs in each.
 * @param packets   that they were spent on.
 * @param intervals how many; of a clock, sampled batches.
 * @param leftOut   of a clock: sampled batches that are not in the others, since they were interrupted.
 */
public record CostSum(long nanos, long packets, long intervals, long leftOut) {
    /** Nothing. */
    public static final CostSum NONE = new CostSum(0, 0, 0, 0);

    /**
     * Both.
     *
     * @param other more.
     * @return the sums.
     */
    public CostSum plus(final CostSum other) {
        return new CostSum(nanos + other.nanos, packets + other.packets, intervals + other.intervals,
            leftOut + other.leftOut);
    }
}
