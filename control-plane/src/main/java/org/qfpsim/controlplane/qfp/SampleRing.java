package org.qfpsim.controlplane.qfp;

import java.util.Arrays;

/** The last values of one counter, taken at equal intervals. Before the first sample a counter was 0. Memory grows with what is there. */
public final class SampleRing {
    private static final int FIRST = 16;

    private final int most;
    private long[] values;
    private long taken;

    /**
     * An empty ring.
     *
     * @param most how many intervals back it can look, from 1.
     */
    public SampleRing(final int most) {
        this.most = most + 1;
        values = new long[Math.min(FIRST, this.most)];
    }

    /**
     * Takes a sample.
     *
     * @param value of the counter now.
     */
    public void add(final long value) {
        if (taken == values.length && values.length < most) {
            values = Arrays.copyOf(values, Math.min(most, 2 * values.length));
        }
        values[(int) (taken % values.length)] = value;
        taken++;
    }

    /**
     * A value of the past.
     *
     * @param intervals how many before the last sample; at most what the ring was made for.
     * @return the counter then; 0 before the first sample.
     */
    public long before(final int intervals) {
        final long at = taken - 1 - intervals;
        return at < 0 ? 0 : values[(int) (at % values.length)];
    }

    /**
     * What was counted in the last intervals that are complete.
     *
     * @param intervals how many.
     * @return the difference; of a ring with fewer samples, since the beginning.
     */
    public long within(final int intervals) {
        return before(0) - before(intervals);
    }

    /** Samples taken so far. */
    public long taken() {
        return taken;
    }
}
