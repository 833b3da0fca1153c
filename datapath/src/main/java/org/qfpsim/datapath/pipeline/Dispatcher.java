package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.PositionedChange;
import org.qfpsim.datapath.trace.CostMeter;

/**
 * Takes frames in: picks an engine, copies the frame into the engine's next slot and remembers the order. Runs on the source's thread.
 *
 * <p>What it writes becomes visible at {@link #flush}. Changes from the control plane are made here, between two packets, so that each
 * has one position in the order of arrival, whatever the engines are doing.
 */
public final class Dispatcher {
    /** Slots claimed at a time, so packets in a row for one engine under {@link DispatchPolicy#ANY_IDLE}. */
    private static final int BURST = 16;
    /** With one engine there is nobody to share with. */
    private static final int BURST_OF_ONE = 64;
    private static final int CHANGES = 1024;

    private final PpeRing[] rings;
    /** Last sequence that may be filled. */
    private final long[] claimed;
    private final long[] filled;
    private final long[] published;
    /** What was filled before the frames in hand. */
    private final long[] before;
    private final ArrivalOrder order;
    private final Sequence arrivals;
    private final CounterBlock counters;
    private final DispatchPolicy policy;
    private final boolean dropWhenFull;
    private final CostMeter cost;
    private final int burst;
    private final OneToOneConcurrentArrayQueue<PositionedChange> changes = new OneToOneConcurrentArrayQueue<>(CHANGES);

    private final int[] oneOffset = new int[1];
    private final int[] oneLength = new int[1];
    private final int[] oneWireLength = new int[1];
    private final long[] oneTime = new long[1];
    private long next;
    private int current;
    private long receivedOctets;
    private long flushed;

    Dispatcher(final PpeRing[] rings, final ArrivalOrder arrivalOrder, final CounterBlock counters, final PipelineConfig config) {
        this.rings = rings;
        this.order = arrivalOrder;
        this.arrivals = arrivalOrder.arrivals();
        this.counters = counters;
        policy = config.dispatch();
        dropWhenFull = config.dropWhenFull();
        burst = rings.length == 1 ? Math.min(BURST_OF_ONE, config.ringSlots()) : BURST;
        cost = config.costMeter(PipelineConfig.DISPATCHER);
        claimed = new long[rings.length];
        filled = new long[rings.length];
        published = new long[rings.length];
        before = new long[rings.length];
        Arrays.fill(claimed, Sequencer.INITIAL_CURSOR_VALUE);
        Arrays.fill(filled, Sequencer.INITIAL_CURSOR_VALUE);
        Arrays.fill(published, Sequencer.INITIAL_CURSOR_VALUE);
    }

    /**
     * Takes one frame in, or counts it as tail drop, or asks the source to come again. For sources that have one at a time.
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
        oneOffset[0] = offset;
        oneLength[0] = length;
        oneWireLength[0] = wireLength;
        oneTime[0] = time;
        return offer(source, linkType, oneOffset, oneLength, oneWireLength, oneTime, 0, 1, false) == 1;
    }

    /**
     * Takes frames in, in order, as far as there is room; or counts those that find none as tail drops, as configured. A frame longer than
     * a slot is cut, and the packet will be dropped for its length.
     *
     * @param frames the frames.
     * @param from   the first to take.
     * @param to     the one behind the last.
     * @return the first that was not taken and must be offered again: {@code to} if all were (always when full rings drop).
     */
    public int offer(final FrameVector frames, final int from, final int to) {
        return offer(frames.source(), frames.linkType(), frames.offsets(), frames.lengths(), frames.wireLengths(), frames.nanos(),
            from, to, frames.lent());
    }

    private int offer(final DirectBuffer source, final int linkType, final int[] offsets, final int[] lengths, final int[] wireLengths,
                      final long[] nanos, final int from, final int to, final boolean lent) {
        if (!cost.due()) {
            return place(source, linkType, offsets, lengths, wireLengths, nanos, from, to, lent);
        }
        cost.begin(counters, Cost.Stage.DISPATCH, 0);
        final int taken = place(source, linkType, offsets, lengths, wireLengths, nanos, from, to, lent);
        cost.lap(Cost.DISPATCH, taken - from);
        cost.end(taken - from);
        return taken;
    }

    private int place(final DirectBuffer source, final int linkType, final int[] offsets, final int[] lengths, final int[] wireLengths,
                      final long[] nanos, final int from, final int to, final boolean lent) {
        int next = from;
        while (next < to) {
            final int ppe = policy == DispatchPolicy.ANY_IDLE
                ? anyIdle()
                : withRoom(FlowHash.of(source, offsets[next], lengths[next], linkType) % rings.length);
            if (ppe >= 0) {
                final int room = policy == DispatchPolicy.ANY_IDLE ? (int) (claimed[ppe] - filled[ppe]) : 1;
                final int end = Math.min(to, next + room);
                take(source, linkType, offsets, lengths, wireLengths, nanos, next, end, ppe, lent);
                next = end;
            } else if (dropWhenFull) {
                counters.add(Total.RECEIVED, 1);
                counters.add(Total.RECEIVED_OCTETS, wireLengths[next]);
                counters.dropGlobal(GlobalDrop.TAIL_DROP.id(), 1, wireLengths[next]);
                next++;
            } else {
                break;
            }
        }
        return next;
    }

    /** Fills claimed slots of one engine. Everything that stays the same is in locals: the compiler may not know that it does. */
    private void take(final DirectBuffer source, final int linkType, final int[] offsets, final int[] lengths, final int[] wireLengths,
                      final long[] nanos, final int from, final int to, final int ppe, final boolean lent) {
        final PpeRing ring = rings[ppe];
        final PacketMemory memory = ring.memory();
        final int capacity = ring.frameCapacity();
        final long base = source.addressOffset();
        final long sequence = filled[ppe];
        long slot = ring.slot(sequence + 1);
        long arrival = next;
        long octets = 0;
        for (int i = from; i < to; i++) {
            final int copied = Math.min(lengths[i], capacity);
            memory.putLong(slot + Slot.ARRIVAL, arrival);
            memory.putLong(slot + Slot.TIME, nanos[i]);
            memory.putLong(slot + Slot.FRAME_LENGTH, copied | (long) wireLengths[i] << 32);
            // The verdict behind it: none yet.
            memory.putLong(slot + Slot.LINK_TYPE, linkType);
            if (lent && copied > Slot.HEAD_BYTES) {
                final long address = base + offsets[i];
                memory.putLong(slot + Slot.LENT, address - memory.address(slot + Slot.FRAME));
                memory.copyWordsIn(slot + Slot.FRAME, address, Slot.HEAD_BYTES);
            } else {
                memory.putLong(slot + Slot.LENT, 0);
                memory.copyIn(slot + Slot.FRAME, source, offsets[i], copied);
            }
            arrival++;
            octets += wireLengths[i];
            slot = ring.after(slot);
        }
        order.put(next, to - from, ppe);
        filled[ppe] = sequence + to - from;
        next = arrival;
        receivedOctets += octets;
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
            final int ppe = order.ppe(position);
            rings[ppe].memory().putInt(rings[ppe].slot(filled[ppe]) + Slot.INTERFACE, interfaceIndex);
        }
        return taken;
    }

    /**
     * Takes frames in that came by one interface of a routed pipeline.
     *
     * @param interfaceIndex the interface.
     * @param frames         the frames.
     * @param from           the first to take.
     * @param to             the one behind the last.
     * @return as {@link #offer(FrameVector, int, int)}.
     */
    public int offer(final int interfaceIndex, final FrameVector frames, final int from, final int to) {
        System.arraycopy(filled, 0, before, 0, filled.length);
        final int taken = offer(frames, from, to);
        for (int i = 0; i < rings.length; i++) {
            final PpeRing ring = rings[i];
            for (long sequence = before[i] + 1; sequence <= filled[i]; sequence++) {
                ring.memory().putInt(ring.slot(sequence) + Slot.INTERFACE, interfaceIndex);
            }
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
            final long last = rings[ppe].claim(burst);
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
