package org.qfpsim.datapath.trace;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;

/**
 * The steps of the path of one packet at a time, as gather comes to know them; nothing is written down while there is no trace. Its methods
 * are called while {@link PacketWatcher#on} is true.
 */
public final class PathTrace {
    private static final int REPLAYED = Verdict.DROP_IPSEC | IpsecDrop.IN_ANTI_REPLAY_FAIL.id();
    private static final int EXPIRED = Verdict.DROP_IPSEC | IpsecDrop.IN_HARD_EXPIRY.id();

    private final boolean nested;
    private @Nullable TraceStage stage;
    private @Nullable InputNotes notes;
    private boolean fia;
    private int input;
    private long arrival;
    private long begun;
    private long last;

    PathTrace(final boolean nested) {
        this.nested = nested;
    }

    /** Begins with a packet; without a stage its path is not written down. */
    void begin(final @Nullable TraceStage to, final InputNotes of, final boolean everyStep, final long position, final long time,
               final int port) {
        stage = to;
        notes = of;
        fia = everyStep;
        arrival = position;
        input = port;
        if (to != null) {
            to.begin(time, port);
            begun = fresh() ? of.beginNanos(position) : of.nanos();
            last = fia ? of.nanos() : begun;
        }
    }

    /** Whether an engine has written about it. */
    private boolean fresh() {
        return !nested && notes != null && notes.knows(arrival);
    }

    /** Nanoseconds since an engine began with it. */
    long lapsed() {
        return notes == null ? 0 : notes.nanos() - begun;
    }

    /** It comes in by another interface. */
    void input(final int port) {
        input = port;
    }

    /** The outer header, which its engine has read. */
    void first(final FrameView view) {
        final long classified = fresh() && notes != null ? notes.classifiedNanos(arrival) : 0;
        ipInput(view, classified == 0 ? 0 : classified - begun);
    }

    /** A header that gather has read. */
    void again(final FrameView view) {
        ipInput(view, lap());
    }

    private void ipInput(final FrameView view, final long lapsed) {
        final TraceStage now = stage;
        if (now != null && now.step(TraceStep.IP_INPUT, input, now.output(), lapsed)) {
            now.number(0, view.version);
            now.number(1, view.protocol | view.ports << 32);
            now.addresses(view.srcHigh, view.srcLow, view.dstHigh, view.dstLow);
        }
    }

    /** Nanoseconds since the last step. */
    private long lap() {
        if (!fia || notes == null) {
            return 0;
        }
        final long before = last;
        last = notes.nanos();
        return last - before;
    }

    /** Begins a step; null if it is not written down. */
    private @Nullable TraceStage step(final TraceStep kind) {
        final TraceStage now = stage;
        return now != null && now.step(kind, input, now.output(), lap()) ? now : null;
    }

    /** A step with one number. */
    void step(final TraceStep kind, final long number) {
        final TraceStage now = step(kind);
        if (now != null) {
            now.number(0, number);
        }
    }

    /** The route of the packet in view was looked up. */
    void lookup(final FrameView view) {
        final TraceStage now = step(TraceStep.LOOKUP);
        if (now != null) {
            now.number(0, view.version);
            now.addresses(view.srcHigh, view.srcLow, view.dstHigh, view.dstLow);
        }
    }

    /** What was found about the ICV; a replay and an SA that has expired are lost whether an engine had looked at it already or not. */
    private static int integrity(final PacketMemory ring, final int slot, final int verdict) {
        return verdict == REPLAYED || verdict == EXPIRED ? Slot.ICV_NOT_CHECKED : ring.getByte(slot + Slot.ICV_STATUS);
    }

    /**
     * The IPsec feature has decided about a packet, if it is one of IPsec to us.
     *
     * @param ring the packet memory.
     * @param slot the packet; its verdict is final as far as IPsec goes.
     */
    public void ipsec(final PacketMemory ring, final int slot) {
        final int flags = ring.getInt(slot + Slot.FLAGS);
        final int verdict = ring.getInt(slot + Slot.VERDICT);
        final TraceStage now = stage;
        if (now == null || notes == null
            || (flags & Slot.FLAG_ESP) == 0 && (ring.getInt(slot + Slot.SPI) == 0 || Verdict.kind(verdict) != Verdict.DROP_IPSEC)) {
            return;
        }
        final boolean fresh = fresh();
        final long found = fresh ? notes.foundNanos(arrival) : 0;
        final long opened = fresh ? notes.openedNanos(arrival) : 0;
        now.step(TraceStep.SA_LOOKUP, input, now.output(), found == 0 ? 0 : found - notes.classifiedNanos(arrival));
        if (now.step(TraceStep.IPSEC_INPUT, input, now.output(), (opened == 0 ? 0 : opened - found) + lap())) {
            final long sa = ring.getLong(slot + Slot.SA);
            now.number(0, ring.getInt(slot + Slot.SPI) & 0xffff_ffffL | (integrity(ring, slot, verdict) & 0xffL) << 32
                | (ring.getByte(slot + Slot.IP_VERSION) == 6 ? TraceStep.V6 : 0));
            now.number(1, ring.getInt(slot + Slot.SEQ_LOW) & 0xffff_ffffL | (long) ring.getInt(slot + Slot.SEQ_HIGH) << 32);
            now.addresses(ring.getLong(slot + Slot.SRC_HIGH), ring.getLong(slot + Slot.SRC_LOW), ring.getLong(slot + Slot.DST_HIGH),
                ring.getLong(slot + Slot.DST_LOW));
            now.number(6, sa == 0 ? 0 : InboundSa.number(sa) + 1L);
            now.number(7, verdict);
        }
    }

    /**
     * A GRE header was read.
     *
     * @param port the tunnel, or {@link TraceRecord#NO_INTERFACE} if there is none.
     * @param type its protocol type.
     * @param key  its key, or -1.
     */
    public void greInput(final int port, final int type, final long key) {
        final TraceStage now = step(TraceStep.GRE_INPUT);
        if (now != null) {
            now.number(0, type);
            now.number(1, key);
            now.number(2, port);
        }
    }

    /** It is a fragment that is added to its datagram. */
    public void reassembly() {
        step(TraceStep.REASSEMBLY, 0);
    }

    /**
     * The next hop of a multipoint tunnel was looked for.
     *
     * @param found    whether there is a mapping.
     * @param hopV6    whether the hop is an address of IPv6.
     * @param hopHigh  the hop.
     * @param hopLow   the hop.
     * @param nbmaV6   whether the outer address is one of IPv6.
     * @param nbmaHigh outer address, if found.
     * @param nbmaLow  outer address, if found.
     */
    public void nhrp(final boolean found, final boolean hopV6, final long hopHigh, final long hopLow, final boolean nbmaV6,
                     final long nbmaHigh, final long nbmaLow) {
        final TraceStage now = step(TraceStep.NHRP);
        if (now != null) {
            now.number(0, found ? 1 : 0);
            now.addresses(hopHigh, hopLow, nbmaHigh, nbmaLow);
            now.number(6, hopV6 ? 6 : 4);
            now.number(7, nbmaV6 ? 6 : 4);
        }
    }

    /**
     * GRE was put in front.
     *
     * @param v6      family of the outer header.
     * @param key     key, or -1.
     * @param srcHigh outer source.
     * @param srcLow  outer source.
     * @param dstHigh outer destination.
     * @param dstLow  outer destination.
     */
    public void greOutput(final boolean v6, final long key, final long srcHigh, final long srcLow, final long dstHigh, final long dstLow) {
        final TraceStage now = step(TraceStep.GRE_OUTPUT);
        if (now != null) {
            now.number(0, v6 ? 6 : 4);
            now.number(1, key);
            now.addresses(srcHigh, srcLow, dstHigh, dstLow);
        }
    }

    /**
     * A packet was sealed, or not.
     *
     * @param spi      SPI of the SA, or 0 if there is none.
     * @param sequence sequence number that it got, or 0.
     * @param v6       family of the outer addresses.
     * @param srcHigh  outer source.
     * @param srcLow   outer source.
     * @param dstHigh  outer destination.
     * @param dstLow   outer destination.
     * @param flow     the flow.
     * @param verdict  {@link Verdict#NONE} if it was sealed, otherwise its drop.
     */
    public void sealed(final int spi, final long sequence, final boolean v6, final long srcHigh, final long srcLow, final long dstHigh,
                       final long dstLow, final int flow, final int verdict) {
        final TraceStage now = step(TraceStep.IPSEC_OUTPUT);
        if (now != null) {
            now.number(0, spi & 0xffff_ffffL | (v6 ? TraceStep.V6 : 0));
            now.number(1, sequence);
            now.addresses(srcHigh, srcLow, dstHigh, dstLow);
            now.number(6, flow + 1L);
            now.number(7, verdict);
        }
    }
}
