package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SingleProducerSequencer;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * The ring of one packet processing engine: a Disruptor sequencer over a slab of slots. The slot is the packet buffer; a packet is
 * copied once, on its way in, or, of a lent frame, by being decrypted into it.
 *
 * <p>Three threads meet here: the dispatcher claims and publishes, the worker moves {@link #worked}, gather moves {@link #gathered},
 * which frees the slots. Nobody waits inside the sequencer: {@link #claim} looks before it claims.
 */
final class PpeRing {
    private static final int CACHE_LINE = 64;

    private final PacketMemory memory;
    private final int stride;
    private final int octets;
    private final int mask;
    private final int frameCapacity;
    private final SingleProducerSequencer sequencer;
    private final Sequence worked = new Sequence();
    private final Sequence gathered = new Sequence();

    /**
     * Allocates the slab.
     *
     * @param slots     a power of two.
     * @param slotBytes octets of the longest frame.
     */
    PpeRing(final int slots, final int slotBytes) {
        final int lines = (Slot.FRAME + slotBytes + CACHE_LINE - 1) / CACHE_LINE;
        // An odd number of lines spreads the slots over all sets of the cache.
        stride = (lines | 1) * CACHE_LINE;
        mask = slots - 1;
        frameCapacity = slotBytes;
        octets = slots * stride;
        memory = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(octets, CACHE_LINE)));
        sequencer = new SingleProducerSequencer(slots, new YieldingWaitStrategy());
        sequencer.addGatingSequences(gathered);
    }

    PacketMemory memory() {
        return memory;
    }

    /** Offset of the slot of a sequence. */
    int slot(final long sequence) {
        return ((int) sequence & mask) * stride;
    }

    /** Offset of the slot behind a slot: in a loop that is less work than {@link #slot}. */
    long after(final long slot) {
        final long behind = slot + stride;
        return behind == octets ? 0 : behind;
    }

    int frameCapacity() {
        return frameCapacity;
    }

    /**
     * Claims slots without waiting.
     *
     * @param most how many at most, up to the length of the ring.
     * @return the last sequence claimed, or -1 if not even one slot is free; fewer than asked for means one.
     */
    long claim(final int most) {
        if (sequencer.hasAvailableCapacity(most)) {
            return sequencer.next(most);
        }
        return sequencer.hasAvailableCapacity(1) ? sequencer.next() : -1;
    }

    void publish(final long sequence) {
        sequencer.publish(sequence);
    }

    /** Last published sequence. */
    long published() {
        return sequencer.getCursor();
    }

    Sequence worked() {
        return worked;
    }

    Sequence gathered() {
        return gathered;
    }
}
