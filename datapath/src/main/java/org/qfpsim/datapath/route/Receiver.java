package org.qfpsim.datapath.route;

import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.PolicyTable;

/**
 * An IP packet that came in by an interface (RFC 1812 section 5.2), from the wire or out of a tunnel:
 * <ol>
 *   <li>the header is sound, the interface speaks the protocol, the source can be one
 *   <li>for a group of the link, or for all hosts of a network of ours: to the control plane
 *   <li>for us: GRE goes on as what it carries, coming in by its tunnel; the rest to the control plane
 *   <li>in transit: TTL, the route to its destination, and out
 * </ol>
 * A clear packet that a crypto map or a protected tunnel wants from an SA is refused (RFC 4301 section 5.2).
 */
final class Receiver {
    /** Came from no SA. */
    static final int CLEAR = -2;
    /** Came from an SA that belongs to no tunnel. */
    static final int SECURED = RoutedConfig.NO_INTERFACE;

    private static final int MAX_TUNNELS = 4;
    private static final int TTL_EXCEEDED = Verdict.DROP_GLOBAL | GlobalDrop.IP_TTL_EXCEEDED.id();
    private static final int FAILED_US_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_CL_V4_PKT_FAILED_POLICY.id();
    private static final int FAILED_US_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_CL_V6_PKT_FAILED_POLICY.id();
    private static final int FAILED_TRANSIT_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_CL_V4_PKT_FAILED_POLICY.id();
    private static final int FAILED_TRANSIT_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_V6_PKT_FAILED_POLICY.id();
    private static final int FAILED_AFTER_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_V4_POST_INPUT_POLICY_FAIL.id();
    private static final int FAILED_AFTER_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_V6_POST_INPUT_POLICY_FAIL.id();

    private final Trip trip;
    private final IpView view;
    private final Outlet outlet;
    private final GreHeader gre = new GreHeader();
    private int tunnels;

    Receiver(final Trip trip, final Outlet outlet) {
        this.trip = trip;
        this.view = trip.view;
        this.outlet = outlet;
    }

    /**
     * Takes a packet in.
     *
     * @param buffer    memory of depth 0, with headroom.
     * @param at        first octet of the IP header.
     * @param available octets there.
     * @param port      the interface that it came in by.
     * @param secured   {@link #CLEAR}, {@link #SECURED}, or the index of the tunnel whose SA it came out of.
     */
    void receive(final UnsafeBuffer buffer, final int at, final int available, final Port port, final int secured) {
        tunnels = 0;
        input(buffer, at, available, port, secured);
    }

    private void input(final UnsafeBuffer buffer, final int at, final int available, final Port port, final int secured) {
        final int verdict = view.read(buffer, at, available);
        if (trip.watcher.on && verdict == Verdict.NONE && (secured != CLEAR || tunnels > 0)) {
            trip.watcher.inner(port.index, view.v6, view.srcHigh, view.srcLow, view.dstHigh, view.dstLow, view.protocol, view.ports);
        }
        if (verdict == Verdict.NONE && port.kind.isTunnel()) {
            port.counters.unwrapped(PortCounters.isPriority(buffer, at), view.length, trip.nanos);
        }
        if (verdict != Verdict.NONE) {
            trip.fail(verdict);
        } else if (!port.up) {
            trip.fail(GlobalDrop.DISABLED);
        } else if (!port.speaks(view.v6)) {
            trip.fail(view.v6 ? GlobalDrop.UNCONFIGURED_IPV6_FIA : GlobalDrop.UNCONFIGURED_IPV4_FIA);
        } else if (view.isMartian()) {
            trip.fail(view.v6 ? GlobalDrop.IPV6_BADSOURCE : GlobalDrop.IPV4_MARTIAN);
        } else if (view.toGroup()) {
            if (view.toLinkGroup()) {
                trip.punt(PuntCause.FOR_US_CONTROL, false, port.index, buffer, at, view.length);
            } else {
                trip.fail(view.v6 ? GlobalDrop.IPV6MC_NO_ROUTE : GlobalDrop.IPV4MC_NO_ROUTE);
            }
        } else if (trip.tables().isOurs(view.v6, view.dstHigh, view.dstLow)) {
            forUs(buffer, at, port, secured);
        } else if (!view.v6 && (view.dstLow == 0xffff_ffffL || port.isBroadcast(view.dstLow))) {
            trip.punt(PuntCause.IP_SUBNET_OR_BROADCAST_PACKE, false, port.index, buffer, at, view.length);
        } else if (secured >= 0 && !port.kind.isTunnel()) {
            // Out of the SA of a GRE tunnel only packets to us may come.
            trip.fail(view.v6 ? FAILED_AFTER_V6 : FAILED_AFTER_V4);
        } else if (secured == CLEAR && wantsProtection(port)) {
            refuseClear(port, view.v6 ? FAILED_TRANSIT_V6 : FAILED_TRANSIT_V4);
        } else {
            transit(buffer, at);
        }
    }

    private boolean wantsProtection(final Port port) {
        final PolicyTable rules = port.inbound;
        if (rules == null) {
            return false;
        }
        final int rule = view.match(rules);
        return rule >= 0 && port.flow(rules, rule) != RoutedConfig.NO_FLOW;
    }

    private void refuseClear(final Port port, final int verdict) {
        trip.notifications.count(Notification.Kind.NOT_PROTECTED, trip.aboutView(port.index, RoutedConfig.NO_FLOW), trip.nanos);
        trip.fail(verdict);
    }

    private void forUs(final UnsafeBuffer buffer, final int at, final Port port, final int secured) {
        final boolean isGre = view.protocol == GreHeader.PROTOCOL;
        if (secured >= 0 && !port.kind.isTunnel() && !isGre) {
            trip.fail(view.v6 ? FAILED_AFTER_V6 : FAILED_AFTER_V4);
        } else if (secured == CLEAR && wantsProtection(port)) {
            refuseClear(port, view.v6 ? FAILED_US_V6 : FAILED_US_V4);
        } else if (view.fragment) {
            // It came out of a tunnel in pieces: reassembly does not nest.
            trip.fail(GlobalDrop.REASS_DROP);
        } else if (isGre) {
            outOfGre(buffer, at, port, secured);
        } else if (view.protocol == Net.PROTO_ESP || view.protocol == Net.PROTO_AH) {
            trip.fail(GlobalDrop.FOR_US);
        } else {
            trip.punt(isIke() ? PuntCause.FOR_US_CONTROL : PuntCause.FOR_US_DATA, false, port.index, buffer, at, view.length);
        }
    }

    private boolean isIke() {
        final int port = (int) (view.ports >>> 16) & 0xffff;
        return view.protocol == Net.PROTO_UDP && view.ports >= 0 && (port == Net.PORT_IKE || port == Net.PORT_NATT);
    }

    private void outOfGre(final UnsafeBuffer buffer, final int at, final Port port, final int secured) {
        final int header = at + view.headerBytes;
        final int verdict = gre.read(buffer, header, view.length - view.headerBytes);
        if (verdict != Verdict.NONE) {
            trip.fail(verdict);
            return;
        }
        final Port tunnel = trip.tables().tunnel(view.v6, view.dstHigh, view.dstLow, view.srcHigh, view.srcLow, gre.key);
        if (trip.watcher.on) {
            trip.watcher.path.greInput(tunnel == null ? RoutedConfig.NO_INTERFACE : tunnel.index, gre.type, gre.key);
        }
        if (tunnel == null || tunnel.tunnel == null || ++tunnels > MAX_TUNNELS) {
            trip.fail(tunnel == null ? GlobalDrop.FOR_US : GlobalDrop.TUNNEL_MISCONFIGURATION);
        } else if (!tunnel.up) {
            trip.fail(GlobalDrop.DISABLED);
        } else if (tunnel.tunnel.isProtected() ? secured != tunnel.index : secured >= 0 && secured != port.index) {
            refuseClear(tunnel, view.v6 ? FAILED_US_V6 : FAILED_US_V4);
        } else if (gre.type == GreHeader.TYPE_NHRP) {
            trip.punt(PuntCause.FOR_US_CONTROL, false, tunnel.index, buffer, at, view.length);
        } else if (gre.type != Net.ETHERTYPE_IPV4 && gre.type != Net.ETHERTYPE_IPV6) {
            trip.fail(GlobalDrop.UNKNOWN_ENCAP);
        } else {
            inner(buffer, header + gre.bytes, view.length - view.headerBytes - gre.bytes, tunnel);
        }
    }

    /** What GRE carried comes in by the tunnel; congestion that the outer header tells of is told on (RFC 6040 section 4.2). */
    private void inner(final UnsafeBuffer buffer, final int at, final int length, final Port tunnel) {
        final boolean congested = (view.trafficClass & Net.ECN_CE) == Net.ECN_CE;
        final boolean six = gre.type == Net.ETHERTYPE_IPV6;
        if (length < Net.IPV4_HEADER_BYTES || Net.u8(buffer, at) >> 4 != (six ? 6 : 4)) {
            trip.fail(GlobalDrop.IP_FORMAT_ERR);
            return;
        }
        if (congested) {
            Ecn.mark(buffer, at);
        }
        input(buffer, at, length, tunnel, tunnel.index);
    }

    private void transit(final UnsafeBuffer buffer, final int at) {
        if (view.v6 && view.srcHigh >>> 54 == 0xfe80L >>> 6) {
            trip.fail(GlobalDrop.IPV6_BADSOURCE);
            return;
        }
        if (view.ttl <= 1) {
            trip.failWithIcmp(TTL_EXCEEDED, IcmpError.ttlExceeded(view.v6), buffer, at, view.length);
            return;
        }
        final int route = outlet.route(0, buffer, at);
        if (route >= 0) {
            final Port output = trip.tables().output(view.v6, route);
            final @Nullable IpAddress hop = trip.tables().hop(view.v6, route);
            decrement(buffer, at);
            if (output != null) {
                outlet.send(0, buffer, at, output, hop, false);
            }
        }
    }

    /** One hop less; the checksum follows (RFC 1624). */
    private void decrement(final UnsafeBuffer buffer, final int at) {
        if (view.v6) {
            buffer.putByte(at + 7, (byte) (view.ttl - 1));
        } else {
            Checksum.updateTtl(buffer, at, view.ttl - 1);
        }
    }
}
