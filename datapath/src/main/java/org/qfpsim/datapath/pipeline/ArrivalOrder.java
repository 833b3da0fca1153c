package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * Which engine got the packet of each position: one octet a packet, written by the dispatcher, read by gather. It holds more packets than
 * all rings together, so it is never full before they are.
 */
final class ArrivalOrder {
    /** An engine's number fits an octet. */
    static final int MAX_PPES = 64;

    private final PacketMemory buffer;
    private final int mask;
    private final Sequence arrivals = new Sequence();

    ArrivalOrder(final int slotsOfAllRings) {
        final int size = Integer.highestOneBit(slotsOfAllRings) << 1;
        buffer = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 64)));
        mask = size - 1;
    }

    PacketMemory buffer() {
        return buffer;
    }

    int mask() {
        return mask;
    }

    /** Position of the last packet that is published. */
    Sequence arrivals() {
        return arrivals;
    }
}
