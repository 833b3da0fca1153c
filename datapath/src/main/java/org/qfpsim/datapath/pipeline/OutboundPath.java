package org.qfpsim.datapath.pipeline;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Tables;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Protects the packets that outbound policy asks for (RFC 4301 section 5.1): finds the SA of the rule, cuts what is too big, seals, sends.
 * Runs in gather, because sequence numbers follow the order of arrival.
 */
final class OutboundPath {
    /** More than one packet is never wrapped to. */
    private static final int MAX_OUTER = 65_535 + 1024;
    private static final int DF = 0x4000;
    /** More fragments, or an offset. */
    private static final int FRAGMENT_BITS = 0x3fff;

    private static final int NO_SA_V4 = Verdict.DROP_IPSEC | IpsecDrop.OUT_V4_PKT_HIT_IKE_START_SP.id();
    private static final int NO_SA_V6 = Verdict.DROP_IPSEC | IpsecDrop.OUT_V6_PKT_HIT_IKE_START_SP.id();
    private static final int GONE_V4 = Verdict.DROP_IPSEC | IpsecDrop.OUT_IPV4_SA_NOT_FOUND.id();
    private static final int GONE_V6 = Verdict.DROP_IPSEC | IpsecDrop.OUT_IPV6_SA_NOT_FOUND.id();
    private static final int EXPIRED = Verdict.DROP_IPSEC | IpsecDrop.OUT_HARD_EXPIRY.id();
    private static final int EXHAUSTED = Verdict.DROP_IPSEC | IpsecDrop.OUT_DETECT_SEQ_OVEFLOW.id();
    private static final int ENGINE = Verdict.DROP_IPSEC | IpsecDrop.OUT_UNEXP_EXCEPTION.id();
    private static final int TOO_BIG = Verdict.DROP_IPSEC | IpsecDrop.OUT_CANNOT_FRAG_DF_SET_PKT.id();

    private final Tables tables;
    private final OutboundOptions options;
    private final Egress egress;
    private final Fragmenter before = new Fragmenter();
    private final Fragmenter after = new Fragmenter();
    /** Empty until there is something to protect: a routed pipeline never has. */
    private final UnsafeBuffer out = new UnsafeBuffer(0, 0);
    private final AtomicReferenceArray<@Nullable Binding> bindings = new AtomicReferenceArray<>(MAX_RULES);

    /** Most outbound rules that can lead to an SA. */
    static final int MAX_RULES = 4096;

    private final Fragmenter.Sink wrapPiece = this::wrapPiece;
    private final Fragmenter.Sink send = this::send;
    private @Nullable OutboundSa sa;
    private long nanos;
    private int sent;
    private int sealed;
    private int failure;

    /** The SA of a rule from a position on; null when it was retired. */
    private static final class Binding {
        private final long from;
        private final @Nullable OutboundSa sa;
        private @Nullable Binding previous;

        Binding(final long from, final @Nullable OutboundSa sa, final @Nullable Binding previous) {
            this.from = from;
            this.sa = sa;
            this.previous = previous;
        }
    }

    OutboundPath(final Tables tables, final OutboundOptions options, final Egress egress) {
        this.tables = tables;
        this.options = options;
        this.egress = egress;
    }

    /**
     * Gives a rule another SA, and forgets those that no packet can find any more. Dispatcher's thread.
     *
     * @param rule     the rule.
     * @param next     its SA, or null.
     * @param position of the first packet that finds it.
     * @param passed   a position that gather has reached: it looks for no packet before it any more.
     */
    void bind(final int rule, final @Nullable OutboundSa next, final long position, final long passed) {
        final Binding newest = bindings.get(rule);
        for (Binding binding = newest; binding != null; binding = binding.previous) {
            if (binding.from <= passed) {
                // Gather stops here at the latest, so it does not read what is cut off.
                binding.previous = null;
            }
        }
        bindings.set(rule, new Binding(position, next, newest));
    }

    private @Nullable OutboundSa find(final int rule, final long arrival) {
        Binding binding = bindings.get(rule);
        while (binding != null && binding.from > arrival) {
            binding = binding.previous;
        }
        return binding == null ? null : binding.sa;
    }

    /**
     * Protects and sends a packet.
     *
     * @return {@link Verdict#FORWARD}, or the drop.
     */
    int protect(final UnsafeBuffer ring, final int slot) {
        sent = 0;
        sealed = 0;
        failure = Verdict.NONE;
        final boolean v4 = ring.getByte(slot + Slot.IP_VERSION) == 4;
        final int rule = ring.getInt(slot + Slot.RULE);
        final OutboundSa found = find(rule, ring.getLong(slot + Slot.ARRIVAL));
        if (found == null) {
            // A rule that names its SA is manually keyed: no IKE to ask.
            final boolean manual = tables.forwarding().outbound().rule(rule).saName() != null;
            return manual ? v4 ? GONE_V4 : GONE_V6 : v4 ? NO_SA_V4 : NO_SA_V6;
        }
        sa = found;
        nanos = ring.getLong(slot + Slot.TIME);
        if (found.expired(nanos)) {
            return EXPIRED;
        }
        final int packet = ring.getInt(slot + Slot.PAYLOAD_OFFSET);
        final int length = ring.getInt(slot + Slot.PAYLOAD_LENGTH);
        final int header = ring.getInt(slot + Slot.L4_OFFSET) - packet;
        final int protocolField = ring.getInt(slot + Slot.PROTOCOL_FIELD) - packet;
        final boolean df = v4 && (Net.u16(ring, packet + 6) & DF) != 0;
        if (found.spec().mode() == SaSpec.Mode.TRANSPORT && isFragment(ring, packet, protocolField, v4)) {
            return ENGINE;
        }
        if (found.outerBytes(length, header) <= options.mtu()) {
            wrapAndSend(ring, packet, length, header, protocolField, outerDf(df));
        } else if (!v4 || df && options.dfBit() != OutboundOptions.DfBit.CLEAR) {
            return TOO_BIG;
        } else if (options.fragmentation() == OutboundOptions.Fragmentation.BEFORE_ENCRYPTION
            && found.spec().mode() == SaSpec.Mode.TUNNEL && !df) {
            before.cut(ring, packet, length, found.plaintextMtu(options.mtu()), wrapPiece);
        } else {
            final int outer = wrap(ring, packet, length, header, protocolField, false);
            if (outer > 0) {
                after.cut(out, 0, outer, options.mtu(), send);
            }
        }
        return failure == Verdict.NONE ? Verdict.FORWARD : failure;
    }

    /** Transport mode is for whole packets (RFC 4301 section 7.1): the peer would reassemble ciphertexts that are none. */
    private static boolean isFragment(final UnsafeBuffer ring, final int packet, final int protocolField, final boolean v4) {
        return v4 ? (Net.u16(ring, packet + 6) & FRAGMENT_BITS) != 0 : Net.u8(ring, packet + protocolField) == Net.PROTO_FRAGMENT;
    }

    private boolean outerDf(final boolean inner) {
        return switch (options.dfBit()) {
            case COPY -> inner;
            case SET -> true;
            case CLEAR -> false;
        };
    }

    private boolean wrapPiece(final UnsafeBuffer buffer, final int offset, final int length) {
        // The protocol field only matters in transport mode, whose packets are never cut before encryption.
        return wrapAndSend(buffer, offset, length, Net.IPV4_HEADER_BYTES, 9, outerDf(false));
    }

    private boolean wrapAndSend(final UnsafeBuffer in, final int packet, final int length, final int header, final int protocolField,
                                final boolean df) {
        final int outer = wrap(in, packet, length, header, protocolField, df);
        return outer > 0 && send(out, 0, outer);
    }

    private int wrap(final UnsafeBuffer in, final int packet, final int length, final int header, final int protocolField,
                     final boolean df) {
        final OutboundSa now = Objects.requireNonNull(sa);
        if (out.capacity() == 0) {
            out.wrap(BufferUtil.allocateDirectAligned(MAX_OUTER, 64));
        }
        final int outer = now.wrap(out, 0, in, packet, length, header, protocolField, 0, df);
        if (outer < 0) {
            failure = outer == OutboundSa.SEQUENCE_EXHAUSTED ? EXHAUSTED : ENGINE;
        } else {
            sealed++;
        }
        return outer;
    }

    private boolean send(final UnsafeBuffer buffer, final int offset, final int length) {
        if (!egress.transmit(buffer, offset, length, nanos)) {
            failure = Committer.TAIL_DROP;
            return false;
        }
        sent++;
        return true;
    }

    /** Packets that left for the last one, also if the rest of it was lost. */
    int sent() {
        return sent;
    }

    /** ESP packets that were made of the last one: fragments that are cut afterwards are none. */
    int sealed() {
        return sealed;
    }

    /** Whether the last SA has just passed its soft limit. */
    boolean tellSoftExpiry() {
        return sa != null && sa.tellSoftExpiry();
    }
}
