package org.qfpsim.sim.replay;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Frames as they came in, by position, for those who want to write them after the engines have decrypted them in place. Written by the
 * source before it offers a frame, read by gather when the frame's verdict is final; a frame that is held for reassembly is kept aside.
 */
final class FrameHistory {
    private final byte[][] frames;
    private final int[] lengths;
    private final int mask;
    private final Map<Long, byte[]> held = new ConcurrentHashMap<>();
    private long next;

    /**
     * Makes room.
     *
     * @param inFlight most frames between being offered and being committed.
     */
    FrameHistory(final int inFlight) {
        final int size = Integer.highestOneBit(inFlight + 1) << 1;
        frames = new byte[size][];
        lengths = new int[size];
        mask = size - 1;
    }

    /** Keeps the next frame. Source thread. */
    void add(final byte[] frame, final int length) {
        final int at = (int) next++ & mask;
        byte[] copy = frames[at];
        if (copy == null || copy.length < length) {
            copy = new byte[length];
            frames[at] = copy;
        }
        System.arraycopy(frame, 0, copy, 0, length);
        lengths[at] = length;
    }

    /** Keeps a frame beyond its time in flight. Gather. */
    void hold(final long arrival) {
        held.put(arrival, copy(arrival));
    }

    /** A frame, held or in flight. Gather. */
    byte[] get(final long arrival) {
        final byte[] kept = held.remove(arrival);
        return kept != null ? kept : copy(arrival);
    }

    private byte[] copy(final long arrival) {
        final int at = (int) arrival & mask;
        return Arrays.copyOf(frames[at], lengths[at]);
    }
}
