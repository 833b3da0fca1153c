package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.PositionedChange;

/**
 * Takes frames in: picks an engine, copies the frame into the engine's next slot and remembers the order. Runs on the source's thread.
 *
 * <p>What it writes becomes visible at {@link #flush}. Changes from the control plane are made here, between two packets, so that each
 * has one position in the order of arrival, whatever the engines are doing.
 */
public final class Dispatcher {
    /** Slots claimed at a time, so packets in a row for one engine under {@link DispatchPolicy#ANY_IDLE}. */
    private static final int BURST = 16;
    private static final int CHANGES = 1024;

    private final PpeRing[] rings;
    /** Last sequence that may be filled. */
    private final long[] claimed;
    private final long[] filled;
    private final long[] published;
    private final PacketMemory order;
    private final int orderMask;
    private final Sequence arrivals;
    private final CounterBlock counters;
    private final DispatchPolicy policy;
    private final boolean dropWhenFull;
    private final OneToOneConcurrentArrayQueue<PositionedChange> changes = new OneToOneConcurrentArrayQueue<>(CHANGES);

    private long next;
    private int current;
    private long receivedOctets;
    private long flushed;

    Dispatcher(final PpeRing[] rings, final ArrivalOrder arrivalOrder, final CounterBlock counters, final DispatchPolicy policy,
               final boolean dropWhenFull) {
        this.rings = rings;
        this.order = arrivalOrder.buffer();
        this.orderMask = arrivalOrder.mask();
        this.arrivals = arrivalOrder.arrivals();
        this.counters = counters;
        this.policy = policy;
        this.dropWhenFull = dropWhenFull;
        claimed = new long[rings.length];
        filled = new long[rings.length];
        published = new long[rings.length];
        Arrays.fill(claimed, Sequencer.INITIAL_CURSOR_VALUE);
        Arrays.fill(filled, Sequencer.INITIAL_CURSOR_VALUE);
        Arrays.fill(published, Sequencer.INITIAL_CURSOR_VALUE);
    }

    /**
     * Takes a frame in, or counts it as tail drop, or asks the source to come again.
     *
     * @param source     where the frame is.
     * @param offset     its first octet.
     * @param length     octets there; more than a slot holds are cut, and the packet will be dropped for its length.
     * @param wireLength octets that the frame had on the wire, at least {@code length}.
     * @param time       nanoseconds.
     * @param linkType   a {@code LinkLayer}.
     * @return false if the ring is full and the packet must be offered again (never when full rings drop).
     */
    public boolean offer(final DirectBuffer source, final int offset, final int length, final int wireLength, final long time,
                         final int linkType) {
        final int ppe = policy == DispatchPolicy.ANY_IDLE
            ? anyIdle()
            : withRoom(FlowHash.of(source, offset, length, linkType) % rings.length);
        if (ppe < 0) {
            if (dropWhenFull) {
                counters.add(Total.RECEIVED, 1);
                counters.add(Total.RECEIVED_OCTETS, wireLength);
                counters.dropGlobal(GlobalDrop.TAIL_DROP.id(), wireLength);
            }
            return dropWhenFull;
        }
        final PpeRing ring = rings[ppe];
        final long sequence = ++filled[ppe];
        final PacketMemory memory = ring.memory();
        final int slot = ring.slot(sequence);
        final int copied = Math.min(length, ring.frameCapacity());
        memory.putLong(slot + Slot.ARRIVAL, next);
        memory.putLong(slot + Slot.TIME, time);
        memory.putLong(slot + Slot.FRAME_LENGTH, copied | (long) wireLength << 32);
        // The verdict behind it: none yet.
        memory.putLong(slot + Slot.LINK_TYPE, linkType);
        memory.copyIn(slot + Slot.FRAME, source, offset, copied);
        order.putByte((int) next & orderMask, (byte) ppe);
        next++;
        receivedOctets += wireLength;
        return true;
    }

    /**
     * Takes a frame in that came by an interface of a routed pipeline; parameters as above.
     *
     * @param interfaceIndex the interface.
     * @param source         where the frame is.
     * @param offset         its first octet.
     * @param length         octets there.
     * @param wireLength     octets that the frame had on the wire.
     * @param time           nanoseconds.
     * @param linkType       a {@code LinkLayer}.
     * @return as above.
     */
    public boolean offer(final int interfaceIndex, final DirectBuffer source, final int offset, final int length, final int wireLength,
                         final long time, final int linkType) {
        final long position = next;
        final boolean taken = offer(source, offset, length, wireLength, time, linkType);
        if (next != position) {
            final int ppe = order.getByte((int) position & orderMask);
            rings[ppe].memory().putInt(rings[ppe].slot(filled[ppe]) + Slot.INTERFACE, interfaceIndex);
        }
        return taken;
    }

    /** Stays with an engine for a burst, then takes the next one that has room; -1 if none has. */
    private int anyIdle() {
        if (filled[current] != claimed[current]) {
            return current;
        }
        for (int i = 1; i <= rings.length; i++) {
            final int candidate = current + i < rings.length ? current + i : current + i - rings.length;
            if (withRoom(candidate) >= 0) {
                current = candidate;
                return candidate;
            }
        }
        return -1;
    }

    /** The engine itself if it has a claimed slot, or one could be claimed; otherwise -1. */
    private int withRoom(final int ppe) {
        if (filled[ppe] == claimed[ppe]) {
            final long last = rings[ppe].claim(BURST);
            if (last < 0) {
                return -1;
            }
            claimed[ppe] = last;
        }
        return ppe;
    }

    /**
     * Publishes what was offered since the last call, and makes the changes that the control plane asked for.
     *
     * @return changes made.
     */
    public int flush() {
        for (int i = 0; i < rings.length; i++) {
            if (filled[i] != published[i]) {
                rings[i].publish(filled[i]);
                published[i] = filled[i];
            }
        }
        if (next != flushed) {
            counters.add(Total.RECEIVED, next - flushed);
            counters.add(Total.RECEIVED_OCTETS, receivedOctets);
            counters.publish();
            flushed = next;
            receivedOctets = 0;
            arrivals.set(next - 1);
        }
        int made = 0;
        for (PositionedChange change = changes.poll(); change != null; change = changes.poll()) {
            change.applyAt(next);
            made++;
        }
        return made;
    }

    /**
     * Hands a change over, from the control thread.
     *
     * @param change what to do between two packets.
     * @return false if too many are waiting.
     */
    public boolean submit(final PositionedChange change) {
        return changes.offer(change);
    }

    /** Position of the next packet. Source thread only. */
    public long position() {
        return next;
    }
}
