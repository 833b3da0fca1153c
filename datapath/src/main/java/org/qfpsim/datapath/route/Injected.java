package org.qfpsim.datapath.route;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * What the control plane sends: in a slot of link type {@code INJECTED}, behind a header that says what is to become of it.
 *
 * <pre>
 *    0 kind (4)   4 interface (4)   8 flow (4)   12 protocol type (4)   16 outer destination (16)   32 time (8)   40 payload
 * </pre>
 */
public final class Injected {
    /** Octets of the header. */
    public static final int HEADER = 40;
    /** An IP packet, by its destination. */
    public static final int BY_DESTINATION = 0;
    /** An Ethernet frame. */
    public static final int FRAME = 1;
    /** A payload of GRE. */
    public static final int TUNNEL = 2;
    /** Where the time is. */
    public static final int TIME = 32;

    private static final int ETHERNET = 14;
    /** What goes through a tunnel this way is NHRP: class selector 6 (RFC 2474 section 4.2.2.2). */
    private static final int INTERNETWORK_CONTROL = 6 << 5;

    private final Trip trip;
    private final Outlet outlet;
    private final TunnelOutlet.Outside outside = new TunnelOutlet.Outside();

    Injected(final Trip trip, final Outlet outlet) {
        this.trip = trip;
        this.outlet = outlet;
    }

    /**
     * Writes the header.
     *
     * @param buffer where to.
     * @param at     its first octet.
     * @param kind   one of the kinds above.
     * @param port   interface, or {@link RoutedConfig#NO_INTERFACE}.
     * @param flow   of a tunnel's protection, or {@link RoutedConfig#NO_FLOW}.
     * @param type   protocol type of GRE, or 0.
     * @param high   outer destination of a tunnel.
     * @param low    outer destination of a tunnel.
     * @param nanos  time.
     */
    public static void write(final MutableDirectBuffer buffer, final int at, final int kind, final int port, final int flow,
                             final int type, final long high, final long low, final long nanos) {
        buffer.putInt(at, kind);
        buffer.putInt(at + 4, port);
        buffer.putInt(at + 8, flow);
        buffer.putInt(at + 12, type);
        buffer.putLong(at + 16, high);
        buffer.putLong(at + 24, low);
        buffer.putLong(at + TIME, nanos);
    }

    /** Sends what is in a slot, and counts it with its cause. */
    void send(final PacketMemory ring, final int slot) {
        final int header = slot + Slot.FRAME;
        final int length = ring.getInt(slot + Slot.FRAME_LENGTH) - HEADER;
        final int kind = ring.getInt(header);
        final UnsafeBuffer buffer = trip.scratch(0).withRoom(length);
        buffer.putBytes(Scratch.HEADROOM, ring.buffer(), header + HEADER, length);
        final InjectCause cause = switch (kind) {
            case BY_DESTINATION -> InjectCause.QFP_DESTINATION_LOOKUP;
            case TUNNEL -> InjectCause.QFP_IPV4_V6_NEXTHOP_LOOKUP;
            default -> frameCause(buffer, length);
        };
        if (trip.watcher.on) {
            trip.watcher.injected(cause.id(), kind == FRAME, buffer, Scratch.HEADROOM, length);
        }
        final Port port = trip.tables().port(ring.getInt(header + 4));
        trip.internal().received(switch (kind) {
            case BY_DESTINATION -> length > 1 && PortCounters.isPriority(buffer, Scratch.HEADROOM);
            case TUNNEL -> false;
            default -> PortCounters.isPriorityFrame(buffer, Scratch.HEADROOM, length);
        }, length);
        switch (kind) {
            case BY_DESTINATION -> byDestination(buffer, length);
            case TUNNEL -> tunnel(ring, header, buffer, length, port);
            default -> frame(buffer, length, port);
        }
        trip.block().inject(cause.id(), Verdict.kind(trip.outcome()) == Verdict.FORWARD || Verdict.kind(trip.outcome()) == Verdict.PUNT);
    }

    private static InjectCause frameCause(final UnsafeBuffer buffer, final int length) {
        final int type = length < ETHERNET ? 0 : Net.u16(buffer, Scratch.HEADROOM + ETHERNET - 2);
        return switch (type) {
            case Net.ETHERTYPE_ARP -> InjectCause.ARP_REQUEST_OR_RESPONSE;
            case Net.ETHERTYPE_IPV4, Net.ETHERTYPE_IPV6 -> InjectCause.QFP_ADJACENCY_ID_LOOKUP;
            default -> InjectCause.L2_CONTROL_LEGACY;
        };
    }

    private void byDestination(final UnsafeBuffer buffer, final int length) {
        final int verdict = trip.view.read(buffer, Scratch.HEADROOM, length);
        if (verdict != Verdict.NONE) {
            trip.fail(verdict);
            return;
        }
        final int source = (int) trip.view.ports & 0xffff;
        trip.exempt = trip.view.protocol == Net.PROTO_ESP || trip.view.protocol == Net.PROTO_AH
            || trip.view.protocol == Net.PROTO_UDP && trip.view.ports >= 0 && (source == Net.PORT_IKE || source == Net.PORT_NATT);
        outlet.own(0, buffer, Scratch.HEADROOM, length, false);
    }

    private void frame(final UnsafeBuffer buffer, final int length, final @Nullable Port port) {
        if (port == null || port.kind != InterfaceKind.ETHERNET || !port.up || length < ETHERNET) {
            trip.fail(GlobalDrop.INJECT_ERR);
        } else {
            trip.transmit(port.index, buffer, Scratch.HEADROOM, length);
        }
    }

    private void tunnel(final PacketMemory ring, final int header, final UnsafeBuffer buffer, final int length,
                        final @Nullable Port port) {
        if (port == null || !port.kind.isGre() || !port.up || port.tunnel == null) {
            trip.fail(GlobalDrop.INJECT_ERR);
            return;
        }
        final int flow = ring.getInt(header + 8);
        outside.flow = flow == RoutedConfig.NO_FLOW ? port.tunnel.flow() : flow;
        outside.type = ring.getInt(header + 12);
        outside.high = ring.getLong(header + 16);
        outside.low = ring.getLong(header + 24);
        outside.trafficClass = INTERNETWORK_CONTROL;
        outlet.tunnel(buffer, Scratch.HEADROOM, length, port, outside);
    }
}
