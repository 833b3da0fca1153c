package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which engine got the packet of each position: one octet a packet, written by the dispatcher, read by gather. It holds more packets than
 * all rings together, so it is never full before they are.
 */
final class ArrivalOrder {
    /** An engine's number fits an octet. */
    static final int MAX_PPES = 64;

    private final UnsafeBuffer buffer;
    private final Sequence arrivals = new Sequence();

    ArrivalOrder(final int slotsOfAllRings) {
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(Integer.highestOneBit(slotsOfAllRings) << 1, 64));
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int mask() {
        return buffer.capacity() - 1;
    }

    /** Position of the last packet that is published. */
    Sequence arrivals() {
        return arrivals;
    }
}
