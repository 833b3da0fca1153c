package org.qfpsim.datapath.trace;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CounterBlock;

/**
 * Samples the cost of features: one batch in so many is sampled, at random distances so that nothing periodic is met again and again; in
 * it the clock is read where one feature ends and the next begins. What that costs a batch that is not sampled is {@link #due}.
 *
 * <p>A batch that took longer than {@link #LEAST_LIMIT_NANOS} and {@link #PACKET_LIMIT_NANOS} a packet has not been worked on all the time:
 * its thread was taken the processor away, or its code was just compiled. One such would outweigh a thousand others; it is counted as left
 * out, and nothing else of it is.
 *
 * <p>So rarely run, the code of a sampled batch would stay interpreted for minutes. So the first {@link #WARM_UP} sampled batches come one
 * in {@link #WARM_UP_INTERVAL}; what they cost is forgotten afterwards.
 *
 * <p>A thread's own.
 */
public final class CostMeter {
    /** A batch may take so long in any case. */
    public static final long LEAST_LIMIT_NANOS = 100_000;
    /** And so much longer for each of its packets: ten times what nine kilobytes take to be decrypted. */
    public static final long PACKET_LIMIT_NANOS = 20_000;
    /** Batches that are sampled while the compiler is at work: after 600 calls it makes its best code of a method with loops. */
    public static final int WARM_UP = 1024;
    /** One batch in so many is one of those; an interval up to this one needs no warm-up. */
    public static final int WARM_UP_INTERVAL = 8;
    /** The interval at which no batch is sampled. */
    public static final int NEVER = Integer.MAX_VALUE;
    private static final Cost[] COSTS = Cost.values();
    private static final long SEED = 0x9e37_79b9_7f4a_7c15L;

    private final TraceClock clock;
    private final int interval;
    private final long[] nanos = new long[COSTS.length];
    private final int[] packets = new int[COSTS.length];
    private final int[] intervals = new int[COSTS.length];
    /** Where the batch that is being sampled is counted; null while none is. */
    private @Nullable CounterBlock block;
    private Cost own = Cost.DISPATCH_CLOCK;
    /** Sampled batches of the warm-up that are to come. */
    private int cold;
    /** A bit for each engine's block that knows nothing of the warm-up. */
    private long clean;
    private long random;
    private long left;
    private long first;
    private long last;

    /**
     * Makes the meter of a thread.
     *
     * @param clock    what is read.
     * @param interval batches of which one is sampled on average, from 1, or {@link #NEVER}.
     * @param number   of the thread: no two sample the same batches.
     */
    public CostMeter(final TraceClock clock, final int interval, final int number) {
        this.clock = clock;
        this.interval = interval;
        cold = interval > WARM_UP_INTERVAL ? WARM_UP : 0;
        random = SEED * (2L * number + 1);
        left = distance();
    }

    /** Batches to the next one that is sampled, less one: 0 to twice the interval less two, each as likely (Marsaglia's xorshift). */
    private long distance() {
        if (interval == NEVER) {
            return Long.MAX_VALUE;
        }
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return Long.remainderUnsigned(random, 2L * (cold > 0 ? WARM_UP_INTERVAL : interval) - 1);
    }

    /** Whether the batch that begins is to be sampled; asked once a batch. */
    public boolean due() {
        if (--left >= 0) {
            return false;
        }
        cold = Math.max(0, cold - 1);
        left = distance();
        return true;
    }

    /** Whether a batch is being sampled. */
    public boolean on() {
        return block != null;
    }

    /**
     * Begins with a batch, and measures what {@link #lap} takes.
     *
     * @param to    where its cost is counted.
     * @param stage where it arises.
     * @param ppe   the engine, 0 if it is none.
     */
    public void begin(final CounterBlock to, final Cost.Stage stage, final int ppe) {
        block = to;
        own = stage.clock();
        if (cold == 0 && (clean & 1L << ppe) == 0) {
            clean |= 1L << ppe;
            to.forgetCosts(stage);
        }
        last = clock.nanos();
        lap(own, 0);
        // Of the first call only the end is in no interval.
        nanos[own.ordinal()] = 0;
        intervals[own.ordinal()] = 0;
        // What follows counts only if nothing interrupts it, the reading of the clock too: it is taken off everything.
        first = last;
        lap(own, 0);
    }

    /**
     * A feature ends.
     *
     * @param cost  what the time since the last call was spent on.
     * @param count packets that it was spent on; 0 for more time of packets that were counted.
     */
    public void lap(final Cost cost, final int count) {
        final long now = clock.nanos();
        final int index = cost.ordinal();
        nanos[index] += now - last;
        packets[index] += count;
        intervals[index]++;
        last = now;
    }

    /**
     * Ends the batch.
     *
     * @param count its packets; if there were none, nothing is counted.
     */
    public void end(final int count) {
        final CounterBlock to = block;
        block = null;
        packets[own.ordinal()] = count;
        final boolean whole = last - first <= LEAST_LIMIT_NANOS + count * PACKET_LIMIT_NANOS;
        for (int i = 0; i < COSTS.length; i++) {
            if (to != null && count != 0 && intervals[i] != 0 && whole) {
                to.cost(COSTS[i], nanos[i], packets[i], intervals[i]);
            }
            nanos[i] = 0;
            packets[i] = 0;
            intervals[i] = 0;
        }
        if (to != null && !whole) {
            to.costLeftOut(own);
        }
    }
}
