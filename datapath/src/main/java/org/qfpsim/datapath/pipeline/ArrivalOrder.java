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

    /** Times an engine's number: eight packets in a row for it. */
    private static final long EIGHT_TIMES = 0x01_01_01_01_01_01_01_01L;

    private final PacketMemory buffer;
    private final int mask;
    private final Sequence arrivals = new Sequence();

    ArrivalOrder(final int slotsOfAllRings) {
        final int size = Integer.highestOneBit(slotsOfAllRings) << 1;
        buffer = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, 64)));
        mask = size - 1;
    }

    /** Positions that it holds. */
    int size() {
        return mask + 1;
    }

    /**
     * Notes who got packets in a row.
     *
     * @param first position of the first.
     * @param count how many.
     * @param ppe   the engine.
     */
    void put(final long first, final int count, final int ppe) {
        final long octets = ppe * EIGHT_TIMES;
        for (int i = 0; i < count;) {
            final int at = (int) (first + i) & mask;
            if (count - i >= Long.BYTES && at <= mask + 1 - Long.BYTES) {
                buffer.putLong(at, octets);
                i += Long.BYTES;
            } else {
                buffer.putByte(at, (byte) ppe);
                i++;
            }
        }
    }

    /** Who got the packet of a position. */
    int ppe(final long position) {
        return buffer.getByte((int) position & mask);
    }

    /**
     * How many packets in a row an engine got.
     *
     * @param first position of one that it got.
     * @param most  from 1.
     * @param ppe   the engine.
     * @return 1 to {@code most}.
     */
    int run(final long first, final long most, final int ppe) {
        final long octets = ppe * EIGHT_TIMES;
        int count = 1;
        while (count + Long.BYTES <= most && ((int) (first + count) & mask) <= mask + 1 - Long.BYTES
            && buffer.getLong((int) (first + count) & mask) == octets) {
            count += Long.BYTES;
        }
        while (count < most && ppe(first + count) == ppe) {
            count++;
        }
        return count;
    }

    /** Position of the last packet that is published. */
    Sequence arrivals() {
        return arrivals;
    }
}
