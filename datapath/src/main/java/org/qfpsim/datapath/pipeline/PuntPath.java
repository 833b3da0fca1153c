package org.qfpsim.datapath.pipeline;

import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.CounterLayout;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.PuntHandler;
import org.qfpsim.datapath.route.PuntPort;

/**
 * The way from gather to the control plane: a policer for each cause and one for all (the platform's defaults), then a ring. The type of
 * a message is the cause; its payload is arrival (8), time (8), link type (4), frame length (4), frame.
 * In a routed pipeline it is time (8), next hop (16), ICMP (4), interface (4), is it a frame? (4), length (4), packet.
 *
 * <p>Each cause has a normal and a high priority queue: IP packets of precedence 6 and 7 (RFC 791 section 3.1: internetwork control and
 * network control; of IPv6 the same bits of the traffic class) are of the high one, all else, and every frame that is not IP, of the
 * normal one. Both end in one ring; what they have of their own is the policer. A policer is a bucket of one second: each packet takes
 * 1 s / rate of it, time on the packets' clock fills it again.
 */
final class PuntPath implements PuntPort {
    static final int MESSAGE_HEADER = 24;

    private static final int ROUTED_HEADER = 40;
    private static final long SECOND = 1_000_000_000L;
    /** Packets per second of all causes together on an ASR 1000 (from memory, see MODEL.md). */
    private static final int GLOBAL_RATE = 146_484;
    /** Bucket of all causes together: no cause has number 0. */
    private static final int GLOBAL = 0;
    private static final int INTERNETWORK_CONTROL = 6;

    private final OneToOneRingBuffer ring;
    /** By bucket: two for each cause. */
    private final long[] cost = new long[CounterLayout.PUNT_CAUSES * 2];
    private final long[] credit = new long[CounterLayout.PUNT_CAUSES * 2];
    private final long[] last = new long[CounterLayout.PUNT_CAUSES * 2];

    PuntPath(final int ringBytes) {
        ring = new OneToOneRingBuffer(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(ringBytes + RingBufferDescriptor.TRAILER_LENGTH, 64)));
        for (final PuntCause cause : PuntCause.values()) {
            rate(cause.id(), false, cause.startPps(false));
            rate(cause.id(), true, cause.startPps(true));
        }
        cost[GLOBAL] = SECOND / GLOBAL_RATE;
        Arrays.fill(credit, SECOND);
        Arrays.fill(last, Long.MIN_VALUE);
    }

    /**
     * Sets the rate of a queue ({@code platform punt-policer}); dispatcher's thread, between two packets.
     *
     * @param cause     number.
     * @param high      the high priority queue, otherwise the normal one.
     * @param perSecond packets a second; 0: as many as come.
     */
    void rate(final int cause, final boolean high, final int perSecond) {
        cost[bucket(cause, high)] = perSecond == 0 ? 0 : SECOND / perSecond;
    }

    private static int bucket(final int cause, final boolean high) {
        return (cause << 1) + (high ? 1 : 0);
    }

    /**
     * Takes a packet or says why not; counts it with its cause and its policer.
     *
     * @param block  whose counters it goes to.
     * @param memory the packet memory.
     * @param slot   the packet.
     * @param cause  number.
     * @return {@link Verdict#NONE} if it is on its way, otherwise a global drop.
     */
    int offer(final CounterBlock block, final UnsafeBuffer memory, final int slot, final int cause) {
        final boolean frame = cause == PuntCause.ARP_REQUEST_OR_RESPONSE.id() || cause == PuntCause.LAYER2_CONTROL_AND_LEGACY.id();
        final boolean high = !frame && isControl(memory, memory.getInt(slot + Slot.L3_OFFSET));
        final int verdict = send(block, memory, slot, cause, high);
        block.punt(cause, verdict == Verdict.NONE);
        return verdict;
    }

    private int send(final CounterBlock block, final UnsafeBuffer memory, final int slot, final int cause, final boolean high) {
        final long now = memory.getLong(slot + Slot.TIME);
        final int refused = police(block, cause, high, now);
        if (refused != Verdict.NONE) {
            return refused;
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

    @Override
    public int offer(final CounterBlock block, final int cause, final long nanos, final boolean frame, final int port, final int icmp,
                     final long hopHigh, final long hopLow, final DirectBuffer buffer, final int offset, final int length) {
        final int refused = police(block, cause, !frame && isControl(buffer, offset), nanos);
        final int verdict = refused != Verdict.NONE ? refused
            : send(cause, nanos, frame, port, icmp, hopHigh, hopLow, buffer, offset, length);
        block.punt(cause, verdict == Verdict.NONE);
        return verdict;
    }

    private int send(final int cause, final long nanos, final boolean frame, final int port, final int icmp, final long hopHigh,
                     final long hopLow, final DirectBuffer buffer, final int offset, final int length) {
        final int index = ring.tryClaim(cause, ROUTED_HEADER + length);
        if (index < 0) {
            return Verdict.DROP_GLOBAL | GlobalDrop.PUNT_ERR.id();
        }
        final AtomicBuffer out = ring.buffer();
        out.putLong(index, nanos);
        out.putLong(index + 8, hopHigh);
        out.putLong(index + 16, hopLow);
        out.putInt(index + 24, icmp);
        out.putInt(index + 28, port);
        out.putInt(index + 32, frame ? 1 : 0);
        out.putInt(index + 36, length);
        out.putBytes(index + ROUTED_HEADER, buffer, offset, length);
        ring.commit(index);
        return Verdict.NONE;
    }

    /** Whether an IP packet has a precedence of network control. */
    private static boolean isControl(final DirectBuffer buffer, final int at) {
        final int first = buffer.getByte(at) & 0xff;
        final int precedence = first >>> 4 == 6 ? (first & 0xf) >>> 1 : (buffer.getByte(at + 1) & 0xff) >>> 5;
        return precedence >= INTERNETWORK_CONTROL;
    }

    private int police(final CounterBlock block, final int cause, final boolean high, final long now) {
        final boolean conforms = conforms(bucket(cause, high), now);
        block.policed(cause, high, conforms);
        if (!conforms) {
            return Verdict.DROP_GLOBAL | GlobalDrop.PUNT_POLICER_DROP.id();
        }
        return conforms(GLOBAL, now) ? Verdict.NONE : Verdict.DROP_GLOBAL | GlobalDrop.PUNT_GLOBAL_POLICER_DROP.id();
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

    /** A message of a routed pipeline, taken apart for its handler. */
    static void deliver(final PuntHandler handler, final int cause, final DirectBuffer message, final int at) {
        final boolean waits = cause == PuntCause.GLEAN_ADJACENCY.id() || cause == PuntCause.INCOMPLETE_ADJACENCY.id();
        final int packet = at + ROUTED_HEADER;
        final boolean v6 = waits && message.getByte(packet) >>> 4 == 6;
        final IpAddress hop = waits ? new IpAddress(v6, message.getLong(at + 8), message.getLong(at + 16)) : null;
        handler.punted(new Punt(cause, message.getInt(at + 28), message.getInt(at + 32) != 0, message.getLong(at), hop,
            message.getInt(at + 24)), message, packet, message.getInt(at + 36));
    }
}
