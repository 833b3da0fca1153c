package org.qfpsim.datapath.route;

import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.pipeline.OutboundOptions;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;

/** Protects packets by the SA that their flow has at their place in the order of arrival (RFC 4301 section 5.1), and sends them. */
final class Sealer {
    private static final int NO_SA_V4 = Verdict.DROP_IPSEC | IpsecDrop.OUT_V4_PKT_HIT_IKE_START_SP.id();
    private static final int NO_SA_V6 = Verdict.DROP_IPSEC | IpsecDrop.OUT_V6_PKT_HIT_IKE_START_SP.id();
    private static final int EXPIRED = Verdict.DROP_IPSEC | IpsecDrop.OUT_HARD_EXPIRY.id();
    private static final int EXHAUSTED = Verdict.DROP_IPSEC | IpsecDrop.OUT_DETECT_SEQ_OVEFLOW.id();
    private static final int ENGINE = Verdict.DROP_IPSEC | IpsecDrop.OUT_UNEXP_EXCEPTION.id();
    private static final int TOO_BIG = Verdict.DROP_IPSEC | IpsecDrop.OUT_CANNOT_FRAG_DF_SET_PKT.id();
    /** A crypto library may look a little further than it was asked to. */
    private static final int SLACK = 64;
    private static final int IPV4_PROTOCOL_FIELD = 9;

    private final Trip trip;
    private final IpView view;
    private final Outlet outlet;
    private final Cut[] cuts = new Cut[Trip.MAX_DEPTH + 1];

    Sealer(final Trip trip, final Outlet outlet) {
        this.trip = trip;
        this.view = trip.view;
        this.outlet = outlet;
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = new Cut(i);
        }
    }

    /** Wraps the fragments of a packet that was cut before encryption. Only tunnel mode has such. */
    private final class Cut implements Fragmenter.Sink {
        private final int depth;
        private @Nullable OutboundFlow flow;
        private OutboundOptions.DfBit dfBit = OutboundOptions.DfBit.COPY;

        Cut(final int depth) {
            this.depth = depth;
        }

        @Override
        public boolean fragment(final UnsafeBuffer buffer, final int offset, final int length) {
            final OutboundFlow now = flow;
            return now != null && wrap(depth, now, buffer, offset, length, Net.IPV4_HEADER_BYTES, IPV4_PROTOCOL_FIELD,
                dontFragment(dfBit, false));
        }
    }

    /**
     * Protects the packet in view.
     *
     * @param depth    wrappings so far.
     * @param buffer   where it is.
     * @param at       first octet of its IP header.
     * @param flow     the flow.
     * @param port     the interface with the crypto map, or the tunnel.
     * @param original whether it is not one that this router has made: it may be cut, or refused, before it is wrapped.
     * @return false if it was lost.
     */
    boolean seal(final int depth, final UnsafeBuffer buffer, final int at, final int flow, final Port port, final boolean original) {
        final OutboundFlow found = trip.flows.find(flow, trip.arrival);
        if (found == null) {
            trip.notifications.count(Notification.Kind.NO_SA, trip.aboutView(port.index, flow), trip.nanos);
            return refuse(null, flow, view.v6 ? NO_SA_V6 : NO_SA_V4);
        }
        final OutboundSa sa = found.sa();
        if (sa.expired(trip.nanos)) {
            tell(Notification.Kind.HARD_EXPIRY, found);
            return refuse(found, flow, EXPIRED);
        }
        final boolean tunnel = sa.spec().mode() != SaSpec.Mode.TRANSPORT;
        if (!tunnel && view.fragment) {
            // RFC 4301 section 7.1: the peer would reassemble ciphertexts that are none.
            return trip.fail(ENGINE);
        }
        final OutboundOptions.DfBit dfBit = port.dfBit == null ? trip.tables().config.dfBit() : port.dfBit;
        final int mtu = outlet.mtuTo(sa.spec().destination(), port);
        if (sa.outerBytes(view.length, view.headerBytes) <= mtu) {
            return wrap(depth, found, buffer, at, view.length, view.headerBytes, view.protocolField,
                dontFragment(dfBit, view.df));
        }
        final boolean clear = dfBit == OutboundOptions.DfBit.CLEAR;
        if (view.v6 ? original && !trip.isOwn() : view.df && !clear) {
            final int room = tunnel ? sa.plaintextMtu(mtu) : mtu - (sa.outerBytes(view.length, view.headerBytes) - view.length);
            return depth == 0 && original ? trip.failWithIcmp(TOO_BIG, IcmpError.tooBig(view.v6, room), buffer, at, view.length)
                : trip.fail(TOO_BIG);
        }
        if (tunnel && original && !view.v6 && !view.df && isCutFirst(port)) {
            cuts[depth].flow = found;
            cuts[depth].dfBit = dfBit;
            trip.scratch(depth).fragmenter().cut(buffer, at, view.length, sa.plaintextMtu(mtu), cuts[depth]);
            return trip.lives();
        }
        return wrap(depth, found, buffer, at, view.length, view.headerBytes, view.protocolField, false);
    }

    /** Loses a packet for the sake of its SA. */
    private boolean refuse(final @Nullable OutboundFlow found, final int flow, final int verdict) {
        if (trip.watcher.on) {
            watch(found, flow, verdict);
        }
        return trip.fail(verdict);
    }

    private void watch(final @Nullable OutboundFlow found, final int flow, final int verdict) {
        if (found == null) {
            trip.watcher.path.sealed(0, 0, view.v6, view.srcHigh, view.srcLow, view.dstHigh, view.dstLow, flow, verdict);
            return;
        }
        final IpAddress source = found.spec().source();
        final IpAddress destination = found.spec().destination();
        trip.watcher.path.sealed(found.spec().spi(), found.sa().sequence(), destination.v6(), source.high(), source.low(),
            destination.high(), destination.low(), flow, verdict);
    }

    private boolean isCutFirst(final Port port) {
        final OutboundOptions.Fragmentation when = port.fragmentation == null ? trip.tables().config.fragmentation() : port.fragmentation;
        return when == OutboundOptions.Fragmentation.BEFORE_ENCRYPTION;
    }

    private static boolean dontFragment(final OutboundOptions.DfBit dfBit, final boolean inner) {
        return switch (dfBit) {
            case COPY -> inner;
            case SET -> true;
            case CLEAR -> false;
        };
    }

    private boolean wrap(final int depth, final OutboundFlow flow, final UnsafeBuffer in, final int from, final int length,
                         final int header, final int protocolField, final boolean df) {
        final OutboundSa sa = flow.sa();
        final UnsafeBuffer out = trip.scratch(depth + 1).withRoom(sa.outerBytes(length, header) + SLACK);
        final boolean sampled = trip.cost.on();
        if (sampled) {
            trip.cost.lap(Cost.FORWARD, 0);
        }
        final int outer = sa.wrap(out, Scratch.HEADROOM, in, from, length, header, protocolField, 0, df);
        if (sampled) {
            trip.cost.lap(Cost.ENCRYPT, 1);
        }
        if (outer < 0) {
            if (outer == OutboundSa.SEQUENCE_EXHAUSTED) {
                tell(Notification.Kind.SEQUENCE_OVERFLOW, flow);
            }
            return refuse(flow, flow.flow(), outer == OutboundSa.SEQUENCE_EXHAUSTED ? EXHAUSTED : ENGINE);
        }
        trip.sealed++;
        if (trip.watcher.on) {
            watch(flow, flow.flow(), Verdict.NONE);
        }
        flow.used(trip.nanos);
        if (sa.tellSoftExpiry()) {
            trip.block().event(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY);
            tell(Notification.Kind.SOFT_EXPIRY, flow);
        }
        if (flow.tellSequence()) {
            tell(Notification.Kind.SEQUENCE_OVERFLOW, flow);
        }
        return outlet.own(depth + 1, out, Scratch.HEADROOM, outer, true);
    }

    /** Something about an SA, not about the packet that met it: so that packets of one SA count as one thing. */
    private void tell(final Notification.Kind kind, final OutboundFlow flow) {
        final IpAddress source = flow.spec().source();
        final IpAddress destination = flow.spec().destination();
        final Notifications.Subject about = trip.about;
        about.v6 = destination.v6();
        about.srcHigh = source.high();
        about.srcLow = source.low();
        about.dstHigh = destination.high();
        about.dstLow = destination.low();
        about.protocol = Net.PROTO_ESP;
        about.spi = flow.spec().spi();
        about.ports = 0;
        about.port = RoutedConfig.NO_INTERFACE;
        about.flow = flow.flow();
        about.sequence = flow.sa().sequence();
        trip.notifications.count(kind, about, trip.nanos);
    }
}
