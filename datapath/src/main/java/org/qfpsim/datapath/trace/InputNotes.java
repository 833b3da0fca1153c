package org.qfpsim.datapath.trace;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * What an engine leaves for gather about a packet that is watched: the times of its steps, and the frame as it came in, which opening
 * overwrites. One entry a position, off heap; an entry is its engine's until the engine is done with the packet, then gather's.
 * There are as many as packets can be in flight.
 *
 * <pre>
 *    0 position + 1 (8)   8 begin (8)   16 classified (8)   24 SA found (8)   32 opened (8)   40 octets copied (4)   64 copy
 * </pre>
 *
 * <p>Times are the {@link TraceClock}'s; 0 for a step that was not taken.
 */
public final class InputNotes {
    private static final int TAG = 0;
    private static final int BEGIN = 8;
    private static final int CLASSIFIED = 16;
    private static final int FOUND = 24;
    private static final int OPENED = 32;
    private static final int COPIED = 40;
    private static final int COPY = 64;
    private static final int LINE = 64;

    private final UnsafeBuffer buffer;
    private final TraceClock clock;
    private final int mask;
    private final int stride;
    private final int copyBytes;

    /**
     * Allocates.
     *
     * @param inFlight  most packets in flight, a power of two.
     * @param copyBytes most octets of a frame that are kept.
     * @param clock     measures the steps.
     */
    InputNotes(final int inFlight, final int copyBytes, final TraceClock clock) {
        this.clock = clock;
        this.copyBytes = copyBytes;
        mask = inFlight - 1;
        stride = COPY + (copyBytes + LINE - 1) / LINE * LINE;
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(Math.multiplyExact(inFlight, stride), LINE));
    }

    /** Octets that so many entries take. */
    static long memory(final int inFlight, final int copyBytes) {
        return (long) inFlight * (COPY + copyBytes + LINE);
    }

    private int at(final long arrival) {
        return ((int) arrival & mask) * stride;
    }

    /**
     * An engine begins with a packet: keeps its frame as it is.
     *
     * @param ring the packet memory.
     * @param slot the packet.
     */
    public void begin(final PacketMemory ring, final int slot) {
        final long arrival = ring.getLong(slot + Slot.ARRIVAL);
        final int at = at(arrival);
        final boolean own = ring.getInt(slot + Slot.LINK_TYPE) == LinkLayer.INJECTED;
        final int copied = own ? 0 : Math.min(copyBytes, ring.getInt(slot + Slot.FRAME_LENGTH));
        buffer.putLong(at + TAG, arrival + 1);
        buffer.putLong(at + CLASSIFIED, 0);
        buffer.putLong(at + FOUND, 0);
        buffer.putLong(at + OPENED, 0);
        buffer.putInt(at + COPIED, copied);
        buffer.putBytes(at + COPY, ring.buffer(), slot + Slot.FRAME, copied);
        buffer.putLong(at + BEGIN, clock.nanos());
    }

    /**
     * The headers are read and it is known what the packet is.
     *
     * @param arrival its position.
     */
    public void classified(final long arrival) {
        buffer.putLong(at(arrival) + CLASSIFIED, clock.nanos());
    }

    /**
     * An SA was looked for.
     *
     * @param arrival its position.
     */
    public void found(final long arrival) {
        buffer.putLong(at(arrival) + FOUND, clock.nanos());
    }

    /**
     * The packet was opened.
     *
     * @param arrival its position.
     */
    public void opened(final long arrival) {
        buffer.putLong(at(arrival) + OPENED, clock.nanos());
    }

    /** Whether an engine has written about a packet. */
    boolean knows(final long arrival) {
        return buffer.getLong(at(arrival) + TAG) == arrival + 1;
    }

    long beginNanos(final long arrival) {
        return buffer.getLong(at(arrival) + BEGIN);
    }

    /** 0 for a step that was not taken. */
    long classifiedNanos(final long arrival) {
        return buffer.getLong(at(arrival) + CLASSIFIED);
    }

    /** 0 for a step that was not taken. */
    long foundNanos(final long arrival) {
        return buffer.getLong(at(arrival) + FOUND);
    }

    /** 0 for a step that was not taken. */
    long openedNanos(final long arrival) {
        return buffer.getLong(at(arrival) + OPENED);
    }

    /** The clock that steps are measured with. */
    long nanos() {
        return clock.nanos();
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int copyOffset(final long arrival) {
        return at(arrival) + COPY;
    }

    int copied(final long arrival) {
        return buffer.getInt(at(arrival) + COPIED);
    }
}
