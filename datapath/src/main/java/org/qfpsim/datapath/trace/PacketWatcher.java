package org.qfpsim.datapath.trace;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * Follows one packet at a time through gather: whether a condition means it, its copies, what became of it; the steps of its path are
 * {@link PathTrace}'s. All methods but {@link #begin} are called only while {@link #on} is true; it is false for every packet as long as
 * nothing is watched.
 */
public final class PacketWatcher {
    private static final int[] GLOBAL_OF_IPSEC = new int[IpsecDrop.MAX_ID + 1];

    static {
        for (final IpsecDrop type : IpsecDrop.values()) {
            final GlobalDrop global = type.global();
            GLOBAL_OF_IPSEC[type.id()] = global == null ? 0 : global.id();
        }
    }

    /** Whether the packet is watched. */
    public boolean on;
    /** The steps of its path. */
    public final PathTrace path;

    private final WatchVersions versions;
    private final FrameView view = new FrameView();
    private final boolean nested;
    private @Nullable TraceBuffer trace;
    private CaptureBuffer[] captures = new CaptureBuffer[0];
    private boolean meant;
    private boolean own;
    private TraceLayer layer = TraceLayer.INFRA;
    private long time;

    /**
     * Makes it.
     *
     * @param versions what is watched.
     * @param nested   whether it follows datagrams that were put together, while another one follows their last fragments.
     */
    public PacketWatcher(final WatchVersions versions, final boolean nested) {
        this.versions = versions;
        this.nested = nested;
        path = new PathTrace(nested);
    }

    /**
     * Begins with a packet, whose notes are complete and whose outer headers are as they came.
     *
     * @param ring the packet memory.
     * @param slot the packet.
     */
    public void begin(final PacketMemory ring, final int slot) {
        final WatchVersions.Version newest = versions.newest();
        if (newest != null) {
            final long arrival = ring.getLong(slot + Slot.ARRIVAL);
            final Watch now = newest.at(arrival);
            on = now != null;
            if (now != null) {
                start(now, ring, slot, arrival);
            }
        }
    }

    /** Whether no packet that may still be in flight is watched. */
    public boolean isIdle() {
        return versions.newest() == null;
    }

    private void start(final Watch now, final PacketMemory ring, final int slot, final long arrival) {
        final int link = ring.getInt(slot + Slot.LINK_TYPE);
        final InputNotes notes = now.notes();
        own = link == LinkLayer.INJECTED;
        time = ring.getLong(slot + Slot.TIME);
        trace = now.trace();
        captures = now.captures();
        final int input = own ? TraceRecord.NO_INTERFACE : ring.getInt(slot + Slot.INTERFACE);
        final int length = ring.getInt(slot + Slot.WIRE_LENGTH);
        final boolean kept = !nested && !own && notes.knows(arrival);
        view.read(ring.buffer(), slot + Slot.FRAME, ring.getInt(slot + Slot.FRAME_LENGTH), link);
        if (kept) {
            for (final CaptureBuffer capture : captures) {
                capture.offer(false, input, view, time, notes.buffer(), notes.copyOffset(arrival), notes.copied(arrival), length);
            }
        }
        final TraceBuffer traced = trace;
        path.begin(traced == null ? null : traced.stage(nested), notes, traced != null && traced.spec().fia(), arrival, time, input);
        if (traced != null) {
            meant = !own && traced.conditions().match(false, input, view);
            if (kept && traced.spec().copyInput()) {
                traced.stage(nested).copyInput(notes.buffer(), notes.copyOffset(arrival), notes.copied(arrival), length, link);
            }
            if (view.version != 0) {
                path.first(view);
            }
        }
    }

    /**
     * The control plane has sent it.
     *
     * @param cause  its inject cause.
     * @param frame  whether it has an Ethernet header.
     * @param buffer where it is.
     * @param at     its first octet.
     * @param length octets.
     */
    public void injected(final int cause, final boolean frame, final UnsafeBuffer buffer, final int at, final int length) {
        if (trace != null) {
            trace.stage(nested).inject(cause);
            view.read(buffer, at, length, frame ? LinkLayer.ETHERNET : LinkLayer.RAW_IP);
            layer = TraceLayer.of(view);
            meant = trace.conditions().match(false, TraceRecord.NO_INTERFACE, view);
            if (view.version != 0) {
                path.first(view);
            }
        }
    }

    /**
     * A packet came out of a tunnel or an SA, and comes in by an interface.
     *
     * @param port     the interface.
     * @param v6       whether it is IPv6.
     * @param srcHigh  its source.
     * @param srcLow   its source.
     * @param dstHigh  its destination.
     * @param dstLow   its destination.
     * @param protocol its upper protocol.
     * @param ports    source port | destination port &lt;&lt; 16, or -1.
     */
    public void inner(final int port, final boolean v6, final long srcHigh, final long srcLow, final long dstHigh, final long dstLow,
                      final int protocol, final long ports) {
        if (trace != null) {
            view.set(v6, srcHigh, srcLow, dstHigh, dstLow, protocol, ports);
            meant |= trace.conditions().match(false, port, view);
            path.input(port);
            path.again(view);
        }
    }

    /**
     * A route was looked up.
     *
     * @param output   the interface that it leads to, or {@link TraceRecord#NO_INTERFACE}.
     * @param v6       whether it is one of IPv6.
     * @param srcHigh  the packet's source.
     * @param srcLow   the packet's source.
     * @param dstHigh  the packet's destination.
     * @param dstLow   the packet's destination.
     * @param protocol the packet's upper protocol.
     * @param ports    source port | destination port &lt;&lt; 16, or -1.
     */
    public void route(final int output, final boolean v6, final long srcHigh, final long srcLow, final long dstHigh, final long dstLow,
                      final int protocol, final long ports) {
        if (trace != null) {
            view.set(v6, srcHigh, srcLow, dstHigh, dstLow, protocol, ports);
            meant |= output != TraceRecord.NO_INTERFACE && trace.conditions().match(true, output, view);
            trace.stage(nested).output(output);
            path.lookup(view);
        }
    }

    /**
     * A frame leaves.
     *
     * @param port   through which interface.
     * @param buffer where it is.
     * @param at     its first octet.
     * @param length octets.
     */
    public void transmit(final int port, final UnsafeBuffer buffer, final int at, final int length) {
        view.read(buffer, at, length, LinkLayer.ETHERNET);
        for (final CaptureBuffer capture : captures) {
            capture.offer(true, port, view, time, buffer, at, length, length);
        }
        if (trace != null) {
            meant |= trace.conditions().match(true, port, view);
            trace.stage(nested).output(port);
            trace.stage(nested).copyOutput(buffer, at, length, LinkLayer.ETHERNET);
            path.step(TraceStep.L2_REWRITE, length);
        }
    }

    /**
     * It goes up.
     *
     * @param cause  for which cause.
     * @param frame  whether it has an Ethernet header.
     * @param buffer where it is.
     * @param at     its first octet.
     * @param length octets.
     */
    public void punt(final int cause, final boolean frame, final DirectBuffer buffer, final int at, final int length) {
        if (trace != null) {
            trace.stage(nested).output(TraceRecord.TO_RP);
            view.read(buffer, at, length, frame ? LinkLayer.ETHERNET : LinkLayer.RAW_IP);
            layer = TraceLayer.of(view);
            trace.stage(nested).copyOutput(buffer, at, length, frame ? LinkLayer.ETHERNET : LinkLayer.RAW_IP);
            path.step(TraceStep.PUNT, cause);
        }
    }

    /**
     * The packet has its end: it is counted and recorded, if it is meant.
     *
     * @param verdict what became of it.
     */
    public void end(final int verdict) {
        on = false;
        final TraceBuffer traced = trace;
        if (traced == null || !meant) {
            return;
        }
        final TraceStage stage = traced.stage(nested);
        final TraceStatistics statistics = traced.statistics();
        final long number = statistics.matched();
        if (own) {
            statistics.countInjected(stage.inject());
            statistics.countDown(layer);
        } else {
            statistics.countReceived();
        }
        if (!own && Verdict.kind(verdict) == Verdict.PUNT) {
            statistics.countUp(layer);
        }
        if (wanted(traced, verdict) && traced.hasRoom()) {
            stage.end(verdict, path.lapsed(), number);
            traced.add(stage.buffer);
        }
    }

    /** Counts a packet by what became of it, and says whether it is to be recorded. */
    private static boolean wanted(final TraceBuffer traced, final int verdict) {
        final TraceStatistics statistics = traced.statistics();
        final int value = Verdict.number(verdict);
        return switch (Verdict.kind(verdict)) {
            case Verdict.DROP_GLOBAL, Verdict.DROP_IPSEC -> {
                final int id = Verdict.kind(verdict) == Verdict.DROP_IPSEC ? GLOBAL_OF_IPSEC[value] : value;
                statistics.countDropped(id);
                yield traced.wants(TraceSpec.Only.DROPPED, id);
            }
            case Verdict.PUNT -> {
                statistics.countPunted(value);
                yield traced.wants(TraceSpec.Only.PUNTED, TraceSpec.ANY_CODE);
            }
            case Verdict.CONSUME -> {
                statistics.countConsumed();
                yield traced.wants(TraceSpec.Only.ALL, TraceSpec.ANY_CODE);
            }
            default -> {
                statistics.countForwarded();
                yield traced.wants(TraceSpec.Only.ALL, TraceSpec.ANY_CODE);
            }
        };
    }
}
