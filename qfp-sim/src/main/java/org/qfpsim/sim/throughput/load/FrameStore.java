package org.qfpsim.sim.throughput.load;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.sim.InputException;

/**
 * Frames that are ready to be sent, in order: a ring of octets off heap and a ring of indices. One thread fills and empties it.
 */
public final class FrameStore {
    private static final int MOST_FRAMES = 1 << 24;

    private final UnsafeBuffer arena;
    private final int[] offsets;
    private final int[] lengths;
    private final byte[] kinds;
    private final int mask;
    private final FrameVector vector;
    private long made;
    private long taken;
    private int write;

    /**
     * Allocates the store.
     *
     * @param bytes      octets of frames.
     * @param leastFrame octets of the shortest.
     */
    FrameStore(final int bytes, final int leastFrame) {
        try {
            arena = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, 64));
        } catch (final OutOfMemoryError e) {
            throw new InputException("--store-mb " + (bytes >> 20) + " does not fit into the memory that this process may use; choose "
                + "less, or set QFP_JAVA_OPTS=-XX:MaxDirectMemorySize=2g", e);
        }
        final int frames = Integer.highestOneBit(Math.max(64, Math.min(MOST_FRAMES, bytes / leastFrame)));
        offsets = new int[frames];
        lengths = new int[frames];
        kinds = new byte[frames];
        mask = frames - 1;
        vector = new FrameVector(arena, LinkLayer.ETHERNET, offsets, lengths, lengths, new long[frames], false);
    }

    /** Where the frames are. */
    public UnsafeBuffer arena() {
        return arena;
    }

    /** Frames that were ever added. */
    long made() {
        return made;
    }

    /** Whether no frame was ever added. */
    boolean isNew() {
        return made == 0;
    }

    /** Frames that are ready. */
    public int count() {
        return (int) (made - taken);
    }

    /** Offset of a place for some frames of so many octets together, or -1 if there is none. */
    int place(final int bytes, final int frames) {
        if (made - taken + frames > mask + 1) {
            return -1;
        }
        if (made == taken) {
            write = 0;
            return bytes <= arena.capacity() ? 0 : -1;
        }
        final int oldest = offsets[(int) taken & mask];
        if (write > oldest) {
            if (bytes <= arena.capacity() - write) {
                return write;
            }
            write = 0;
        }
        // Strictly less: a full ring must not look like an empty one.
        return bytes < oldest - write ? write : -1;
    }

    /** Adds the frame at {@link #place}. */
    void add(final int bytes, final PacketKind kind) {
        final int index = (int) made & mask;
        offsets[index] = write;
        lengths[index] = bytes;
        kinds[index] = (byte) kind.ordinal();
        write += bytes + 7 & -8;
        made++;
    }

    /** The frames as the dispatcher takes them; indices from {@link #next} on. */
    FrameVector vector() {
        return vector;
    }

    /** Index of the next frame to send. */
    public int next() {
        return (int) taken & mask;
    }

    /** How many can be taken in a row, at most as many as wanted. */
    int inRow(final int wanted) {
        return Math.min(Math.min(wanted, count()), mask + 1 - next());
    }

    /**
     * What a frame is.
     *
     * @param index of the frame.
     * @return a {@link PacketKind}'s number.
     */
    public int kind(final int index) {
        return kinds[index];
    }

    /**
     * Octets of a frame.
     *
     * @param index of the frame.
     * @return octets.
     */
    public int length(final int index) {
        return lengths[index];
    }

    /**
     * Where a frame begins.
     *
     * @param index of the frame.
     * @return offset in the arena.
     */
    public int offset(final int index) {
        return offsets[index];
    }

    /**
     * The next frames were sent.
     *
     * @param frames how many.
     */
    public void take(final int frames) {
        taken += frames;
    }

    /** Forgets the frames that are ready. */
    public void clear() {
        taken = made;
    }

    /** Sent frames are to be sent again: starts over with the first. Only for a store that was filled once. */
    void rewind() {
        taken = 0;
    }
}
