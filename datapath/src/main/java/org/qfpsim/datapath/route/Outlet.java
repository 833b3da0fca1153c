package org.qfpsim.datapath.route;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.PolicyTable;

/**
 * The way out of a packet whose route is known: the crypto map of the interface, the MTU, then a frame to the neighbour, or another packet
 * around it, which is routed in turn ({@link #own}). A depth counts the wrappings: each has memory of its own, and there are not many.
 */
final class Outlet {
    private static final int ETHERNET = 14;

    private final Trip trip;
    private final IpView view;
    private final Sealer sealer;
    private final TunnelOutlet tunnels;
    private final Piece[] pieces = new Piece[Trip.MAX_DEPTH + 1];

    Outlet(final Trip trip) {
        this.trip = trip;
        this.view = trip.view;
        sealer = new Sealer(trip, this);
        tunnels = new TunnelOutlet(trip, this, sealer);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new Piece(i);
        }
    }

    /** Takes the fragments of a packet at one depth, each to memory with headroom, and sends them on. */
    private final class Piece implements Fragmenter.Sink {
        private final int depth;
        private final Scratch memory = new Scratch();
        private @Nullable Port output;
        private boolean attached;
        private long hopHigh;
        private long hopLow;

        Piece(final int depth) {
            this.depth = depth;
        }

        @Override
        public boolean fragment(final UnsafeBuffer buffer, final int offset, final int length) {
            final Port port = output;
            final UnsafeBuffer out = memory.withRoom(length);
            out.putBytes(Scratch.HEADROOM, buffer, offset, length);
            return port != null && view.read(out, Scratch.HEADROOM, length) == Verdict.NONE
                && pass(depth, out, Scratch.HEADROOM, port, attached, hopHigh, hopLow);
        }
    }

    /** The route of the packet in view to an interface; less than 0 if there is none, and then it is lost. */
    int route(final int depth, final UnsafeBuffer buffer, final int at) {
        final int route = trip.tables().route(view.v6, view.dstHigh, view.dstLow);
        final Port leads = route == RouteTables.NO_ROUTE ? null : trip.tables().output(view.v6, route);
        final boolean nowhere = route != RouteTables.NO_ROUTE && leads == null;
        if (trip.watcher.on) {
            trip.watcher.route(leads == null ? RoutedConfig.NO_INTERFACE : leads.index, view.v6, view.srcHigh, view.srcLow, view.dstHigh,
                view.dstLow, view.protocol, view.ports);
        }
        if (route != RouteTables.NO_ROUTE && !nowhere) {
            return route;
        }
        final GlobalDrop drop = view.v6 ? nowhere ? GlobalDrop.IPV6_NULL0 : GlobalDrop.IPV6_NO_ROUTE
            : nowhere ? GlobalDrop.IPV4_NULL0 : GlobalDrop.IPV4_NO_ROUTE;
        lose(depth, drop, IcmpError.unreachable(view.v6), buffer, at);
        return RouteTables.NO_ROUTE;
    }

    /** Loses the packet in view; its sender is told if it is not we. */
    private boolean lose(final int depth, final GlobalDrop drop, final int error, final UnsafeBuffer buffer, final int at) {
        return depth == 0 ? trip.failWithIcmp(Verdict.DROP_GLOBAL | drop.id(), error, buffer, at, view.length) : trip.fail(drop);
    }

    /**
     * Sends a packet that this router has made, by its destination.
     *
     * @param depth  wrappings so far; 0 for what the control plane has injected.
     * @param buffer where it is, with headroom.
     * @param at     first octet of its IP header.
     * @param length octets.
     * @param sealed whether it came out of an SA: crypto maps do not look at it.
     * @return false if it was lost.
     */
    boolean own(final int depth, final UnsafeBuffer buffer, final int at, final int length, final boolean sealed) {
        if (depth > Trip.MAX_DEPTH) {
            return trip.fail(GlobalDrop.TUNNEL_MISCONFIGURATION);
        }
        final int verdict = view.read(buffer, at, length);
        if (verdict != Verdict.NONE) {
            return trip.fail(verdict);
        }
        if (trip.tables().isOurs(view.v6, view.dstHigh, view.dstLow)) {
            return depth == 0 ? trip.punt(PuntCause.FOR_US_DATA, false, RoutedConfig.NO_INTERFACE, buffer, at, view.length)
                : trip.fail(GlobalDrop.TUNNEL_MISCONFIGURATION);
        }
        final int route = route(depth, buffer, at);
        final Port output = route < 0 ? null : trip.tables().output(view.v6, route);
        return output != null && send(depth, buffer, at, output, trip.tables().hop(view.v6, route), sealed);
    }

    /**
     * Sends the packet in view through an interface.
     *
     * @param depth  wrappings so far.
     * @param buffer where it is, with headroom.
     * @param at     first octet of its IP header.
     * @param output the interface.
     * @param hop    next hop, or null if that is the destination.
     * @param sealed whether crypto maps are not to look at it.
     * @return false if it was lost.
     */
    boolean send(final int depth, final UnsafeBuffer buffer, final int at, final Port output, final @Nullable IpAddress hop,
                 final boolean sealed) {
        final PolicyTable map = output.outbound;
        if (map != null && !sealed && !trip.exempt) {
            final int rule = view.match(map);
            final int flow = rule < 0 ? RoutedConfig.NO_FLOW : output.flow(map, rule);
            if (flow != RoutedConfig.NO_FLOW) {
                return sealer.seal(depth, buffer, at, flow, output, depth == 0);
            }
        }
        final long hopHigh = hop == null ? view.dstHigh : hop.high();
        final long hopLow = hop == null ? view.dstLow : hop.low();
        if (view.length <= output.ipMtu) {
            return pass(depth, buffer, at, output, hop == null, hopHigh, hopLow);
        }
        final boolean ours = depth > 0 || trip.isOwn();
        if (view.v6 ? !ours || view.fragment || view.headerBytes != Net.IPV6_HEADER_BYTES : view.df) {
            return lose(depth, view.v6 ? GlobalDrop.IPV6_TOOBIGPACKET : GlobalDrop.IP_FRAG_ERR,
                IcmpError.tooBig(view.v6, output.ipMtu), buffer, at);
        }
        final Piece piece = pieces[depth];
        piece.output = output;
        piece.attached = hop == null;
        piece.hopHigh = hopHigh;
        piece.hopLow = hopLow;
        trip.scratch(depth).fragmenter().cut(buffer, at, view.length, output.ipMtu, piece);
        return trip.lives();
    }

    /** Sends the packet in view, which fits. */
    private boolean pass(final int depth, final UnsafeBuffer buffer, final int at, final Port output, final boolean attached,
                         final long hopHigh, final long hopLow) {
        return switch (output.kind) {
            case ETHERNET -> frame(buffer, at, output, attached, hopHigh, hopLow);
            case LOOPBACK -> trip.fail(view.v6 ? GlobalDrop.IPV6_NO_ADJ : GlobalDrop.IPV4_NO_ADJ);
            case TUNNEL_GRE, TUNNEL_MGRE, TUNNEL_IPSEC -> tunnels.wrap(depth, buffer, at, output, hopHigh, hopLow);
        };
    }

    private boolean frame(final UnsafeBuffer buffer, final int at, final Port output, final boolean attached, final long hopHigh,
                          final long hopLow) {
        final long mac = trip.tables().mac(output.index, view.v6, hopHigh, hopLow);
        if (mac < 0) {
            wantNeighbour(output, hopHigh, hopLow);
            return trip.punt(attached ? PuntCause.GLEAN_ADJACENCY : PuntCause.INCOMPLETE_ADJACENCY, false, output.index, hopHigh, hopLow,
                buffer, at, view.length);
        }
        final int start = at - ETHERNET;
        buffer.putShort(start, (short) (mac >>> 32), ByteOrder.BIG_ENDIAN);
        buffer.putInt(start + 2, (int) mac, ByteOrder.BIG_ENDIAN);
        buffer.putShort(start + 6, (short) (output.mac >>> 32), ByteOrder.BIG_ENDIAN);
        buffer.putInt(start + 8, (int) output.mac, ByteOrder.BIG_ENDIAN);
        buffer.putShort(start + 12, (short) (view.v6 ? Net.ETHERTYPE_IPV6 : Net.ETHERTYPE_IPV4), ByteOrder.BIG_ENDIAN);
        return trip.transmit(output.index, buffer, start, ETHERNET + view.length);
    }

    /** Tells the control plane that a packet waits for a neighbour. */
    void wantNeighbour(final Port output, final long hopHigh, final long hopLow) {
        final Notifications.Subject about = trip.aboutView(output.index, RoutedConfig.NO_FLOW);
        about.srcHigh = 0;
        about.srcLow = 0;
        about.dstHigh = hopHigh;
        about.dstLow = hopLow;
        about.protocol = 0;
        trip.notifications.count(Notification.Kind.NEIGHBOR_WANTED, about, trip.nanos);
    }

    /** Most octets of a packet to a destination: what the interface takes that the route to it leads to. */
    int mtuTo(final IpAddress destination, final Port otherwise) {
        final int route = trip.tables().route(destination.v6(), destination.high(), destination.low());
        final Port output = route < 0 ? null : trip.tables().output(destination.v6(), route);
        return output == null ? otherwise.ipMtu : output.ipMtu;
    }

    /** Sends a packet of the control plane's through a GRE tunnel, to an outer address of its choice. */
    boolean tunnel(final UnsafeBuffer buffer, final int at, final int length, final Port output, final TunnelOutlet.Outside outside) {
        return tunnels.own(buffer, at, length, output, outside);
    }
}
