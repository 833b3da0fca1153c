package org.qfpsim.perf.bench;

import java.util.Arrays;

/** What each stage of the path took in one pass of {@link InboundRig#pass(StageTimes)}. */
public final class StageTimes {
    /** Packets between two stamps. */
    private static final int STEP = 16;
    private static final int MOST_STAMPS = 1 << 16;

    private final long[] stamps = new long[MOST_STAMPS];
    private int count;
    private boolean stamping;
    private long firstLeft;
    private long left;
    private double dispatch;
    private double engine;
    private double gather;
    private long packets;

    /** Forgets everything, for another pass. */
    void clear() {
        count = 0;
        dispatch = 0;
        engine = 0;
        gather = 0;
        packets = 0;
        left = 0;
    }

    /** Whether every 16th packet that leaves is stamped, instead of the first of a turn. */
    void stamping(final boolean value) {
        stamping = value;
    }

    /** A turn begins. */
    void turn() {
        firstLeft = 0;
        left = 0;
    }

    /** A packet leaves; gather's thread. */
    void leaves() {
        if (stamping) {
            if (left % STEP == 0 && count < MOST_STAMPS) {
                stamps[count++] = System.nanoTime();
            }
        } else if (left == 0) {
            firstLeft = System.nanoTime();
        }
        left++;
    }

    /** A turn is over: the engine worked until about the first packet left, gather from then on. */
    void turned(final long start, final long dispatched, final long end) {
        if (left < 2) {
            return;
        }
        dispatch += dispatched - start;
        engine += firstLeft - dispatched;
        // The first packet had left already.
        gather += (double) (end - firstLeft) * left / (left - 1);
        packets += left;
    }

    /** Nanoseconds of dispatch for a packet, with the copy. */
    public double dispatch() {
        return dispatch / packets;
    }

    /** Nanoseconds of an engine for a packet. */
    public double engine() {
        return engine / packets;
    }

    /** Nanoseconds of gather for a packet. */
    public double gather() {
        return gather / packets;
    }

    /** Nanoseconds of gather for a packet, from the stamps: the median of the steps, in most of which it had no packet to wait for. */
    public double gatherBetweenStamps() {
        if (count < 2) {
            throw new IllegalStateException("no packets were stamped");
        }
        final long[] steps = new long[count - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = stamps[i + 1] - stamps[i];
        }
        Arrays.sort(steps);
        return (double) steps[steps.length / 2] / STEP;
    }
}
