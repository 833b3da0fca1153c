package org.qfpsim.datapath.pipeline;

import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.qfpsim.datapath.counters.CounterLayout;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;

/**
 * The way from gather to the control plane: a policer for each cause and one for all (the platform's defaults), then a ring. The type of
 * a message is the cause; its payload is arrival (8), time (8), link type (4), frame length (4), frame.
 *
 * <p>A policer is a bucket of one second: each packet takes 1 s / rate of it, time on the packets' clock fills it again.
 */
final class PuntPath {
    static final int MESSAGE_HEADER = 24;

    private static final int RING_BYTES = 1 << 20;
    private static final long SECOND = 1_000_000_000L;
    /** Packets per second of all causes together on an ASR 1000 (from memory, see MODEL.md). */
    private static final int GLOBAL_RATE = 146_484;
    private static final int GLOBAL = 0;

    private final OneToOneRingBuffer ring =
        new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    private final long[] cost = new long[CounterLayout.PUNT_CAUSES];
    private final long[] credit = new long[CounterLayout.PUNT_CAUSES];
    private final long[] last = new long[CounterLayout.PUNT_CAUSES];

    PuntPath() {
        for (final PuntCause cause : PuntCause.values()) {
            cost[cause.id()] = cause.normalPps() == 0 ? 0 : SECOND / cause.normalPps();
        }
        cost[GLOBAL] = SECOND / GLOBAL_RATE;
        Arrays.fill(credit, SECOND);
        Arrays.fill(last, Long.MIN_VALUE);
    }

    /**
     * Takes a packet or says why not.
     *
     * @return {@link Verdict#NONE} if it is on its way, otherwise a global drop.
     */
    int offer(final UnsafeBuffer memory, final int slot, final int cause) {
        final long now = memory.getLong(slot + Slot.TIME);
        if (!conforms(cause, now)) {
            return Verdict.DROP_GLOBAL | GlobalDrop.PUNT_POLICER_DROP.id();
        }
        if (!conforms(GLOBAL, now)) {
            return Verdict.DROP_GLOBAL | GlobalDrop.PUNT_GLOBAL_POLICER_DROP.id();
        }
        final int length = memory.getInt(slot + Slot.FRAME_LENGTH);
        final int index = ring.tryClaim(cause, MESSAGE_HEADER + length);
        if (index < 0) {
            return Verdict.DROP_GLOBAL | GlobalDrop.PUNT_ERR.id();
        }
        final AtomicBuffer out = ring.buffer();
        out.putLong(index, memory.getLong(slot + Slot.ARRIVAL));
        out.putLong(index + 8, now);
        out.putInt(index + 16, memory.getInt(slot + Slot.LINK_TYPE));
        out.putInt(index + 20, length);
        out.putBytes(index + MESSAGE_HEADER, memory, slot + Slot.FRAME, length);
        ring.commit(index);
        return Verdict.NONE;
    }

    private boolean conforms(final int bucket, final long now) {
        if (cost[bucket] == 0) {
            return true;
        }
        final long before = last[bucket];
        if (before == Long.MIN_VALUE) {
            last[bucket] = now;
        } else if (now > before) {
            // A step of more than a second fills the bucket; also keeps the sum from overflowing.
            credit[bucket] = now - before >= SECOND ? SECOND : Math.min(SECOND, credit[bucket] + now - before);
            last[bucket] = now;
        }
        if (credit[bucket] < cost[bucket]) {
            return false;
        }
        credit[bucket] -= cost[bucket];
        return true;
    }

    /** Hands waiting packets over, on the control plane's thread. */
    int drain(final MessageHandler handler, final int limit) {
        return ring.read(handler, limit);
    }
}
