package org.qfpsim.datapath.route;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Decapsulation;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.PacketWatcher;
import org.qfpsim.datapath.trace.WatchVersions;

/**
 * Routes packets, in gather, one at a time in the order of arrival. An engine has read the outer headers, and opened what was ESP to us;
 * here it is decided whether the frame may come in at all ({@link #admit}), what becomes of it ({@link #handle}), and what the control
 * plane is told ({@link #judged}). Packets are copied out of their slot before anything in them changes.
 */
public final class Forwarder {
    private static final int ETHERNET = 14;
    private static final int NONE_CONFIGURED = Verdict.DROP_GLOBAL | GlobalDrop.UIDB_NOT_CFGD.id();
    private static final int NO_INTERFACE = Verdict.DROP_GLOBAL | GlobalDrop.BAD_UIDB_IDX.id();
    private static final int NO_SUBINTERFACE = Verdict.DROP_GLOBAL | GlobalDrop.BAD_UIDB_SUB_IDX.id();
    private static final int DISABLED = Verdict.DROP_GLOBAL | GlobalDrop.DISABLED.id();
    private static final int NOT_OUR_MAC = Verdict.DROP_GLOBAL | GlobalDrop.SW_MAC_FILTER.id();

    private final Trip trip;
    private final SaUse use;
    private final Outlet outlet;
    private final Receiver receiver;
    private final Injected injected;
    private long saPackets;
    private boolean softTold;
    private int octets;

    /**
     * Makes the forwarder of one router.
     *
     * @param versions      what packets are looked up in.
     * @param flows         outbound SAs.
     * @param use           inbound SAs.
     * @param notifications the way of small messages to the control plane.
     * @param egress        where frames leave.
     * @param punts         the way of packets to the control plane.
     * @param watches       what is traced and captured.
     * @param cost          gather's cost meter.
     */
    public Forwarder(final RouteVersions versions, final FlowTable flows, final SaUse use, final Notifications notifications,
                     final FrameEgress egress, final PuntPort punts, final WatchVersions watches, final CostMeter cost) {
        this.use = use;
        trip = new Trip(versions, flows, notifications, egress, punts, watches, cost);
        outlet = new Outlet(trip);
        receiver = new Receiver(trip, outlet);
        injected = new Injected(trip, outlet);
    }

    /** Gather's cost meter. */
    public CostMeter cost() {
        return trip.cost;
    }

    /** Follows the packet that is in hand, if it is watched. */
    public PacketWatcher watcher() {
        return trip.watcher;
    }

    /**
     * Says what the packets that follow are.
     *
     * @param datagram whether they were put together, within the handling of their last fragment.
     */
    public void nest(final boolean datagram) {
        trip.nest(datagram);
    }

    /**
     * Begins with a packet: may it come in?
     *
     * @param ring  the packet memory.
     * @param slot  the packet.
     * @param block whose counters it goes to.
     * @return {@link Verdict#NONE}, or the drop that it is whatever the engine said.
     */
    public int admit(final PacketMemory ring, final int slot, final CounterBlock block) {
        final int link = ring.getInt(slot + Slot.LINK_TYPE);
        final int index = link == LinkLayer.INJECTED ? RoutedConfig.NO_INTERFACE : ring.getInt(slot + Slot.INTERFACE);
        trip.begin(ring.getLong(slot + Slot.ARRIVAL), ring.getLong(slot + Slot.TIME), index, block);
        if (link != LinkLayer.ETHERNET) {
            // Injected, or put together from fragments, each of which was admitted.
            return Verdict.NONE;
        }
        final Port port = trip.tables().port(index);
        if (port == null || port.kind != InterfaceKind.ETHERNET) {
            return NO_INTERFACE;
        }
        final int frameOctets = ring.getInt(slot + Slot.FRAME_LENGTH);
        port.counters.received(PortCounters.isPriorityFrame(ring.buffer(), slot + Slot.FRAME, frameOctets), frameOctets);
        final int frame = slot + Slot.FRAME;
        final long to = frameOctets < ETHERNET ? -1 : (long) Net.u16(ring, frame) << 32 | Net.u32(ring, frame + 2);
        port.counters.heard(trip.nanos, to);
        if (!port.up) {
            return DISABLED;
        }
        if (!port.v4 && !port.v6) {
            return NONE_CONFIGURED;
        }
        if (to < 0) {
            // Too short; the engine has said so.
            return Verdict.NONE;
        }
        if (to != port.mac && (to >>> 40 & 1) == 0) {
            return NOT_OUR_MAC;
        }
        final int type = Net.u16(ring, frame + 12);
        return type == Net.ETHERTYPE_VLAN || type == Net.ETHERTYPE_QINQ ? NO_SUBINTERFACE : Verdict.NONE;
    }

    /**
     * Looks at an ESP packet before gather judges it.
     *
     * @param sa its SA.
     */
    public void judging(final long sa) {
        saPackets = InboundSa.packets(sa);
        softTold = InboundSa.softTold(sa);
    }

    /**
     * Notes what gather has found about an ESP packet, and tells the control plane what it wants to know.
     *
     * @param ring the packet memory.
     * @param slot the packet; its verdict is as good as final.
     * @param sa   its SA.
     */
    public void judged(final PacketMemory ring, final int slot, final long sa) {
        final int number = InboundSa.number(sa);
        if (InboundSa.packets(sa) != saPackets) {
            use.used(number, trip.nanos);
        }
        if (softTold != InboundSa.softTold(sa)) {
            tell(Notification.Kind.SOFT_EXPIRY, ring, slot, use.flow(number));
        }
    }

    /**
     * Tells the control plane of a packet that the IPsec feature has dropped.
     *
     * @param ring    the packet memory.
     * @param slot    the packet.
     * @param verdict its drop.
     */
    public void dropped(final PacketMemory ring, final int slot, final int verdict) {
        if (Verdict.kind(verdict) != Verdict.DROP_IPSEC) {
            return;
        }
        final int type = Verdict.number(verdict);
        final long sa = ring.getLong(slot + Slot.SA);
        final boolean unknown = type == IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.id()
            || type == IpsecDrop.IN_US_V6_PKT_SA_NOT_FOUND_SPI.id();
        if (unknown) {
            tell(Notification.Kind.UNKNOWN_SPI, ring, slot, RoutedConfig.NO_FLOW);
        } else if (sa != 0) {
            final int flow = use.flow(InboundSa.number(sa));
            if (type == IpsecDrop.IN_ANTI_REPLAY_FAIL.id()) {
                tell(Notification.Kind.REPLAY, ring, slot, flow);
            } else if (type == IpsecDrop.IN_MAC_EXCEPTION.id()) {
                tell(Notification.Kind.BAD_ICV, ring, slot, flow);
            } else if (type == IpsecDrop.IN_HARD_EXPIRY.id()) {
                tell(Notification.Kind.HARD_EXPIRY, ring, slot, flow);
            }
        }
    }

    /**
     * Whether packets up to a position fare like the last one, if they are like it: neither tables nor what is watched are others.
     *
     * @param arrival the position.
     * @return false if they may be.
     */
    public boolean staysAlikeUpTo(final long arrival) {
        return trip.holdsAt(arrival) && trip.watcher.isIdle();
    }

    /**
     * The last packet, which {@link #dropped} told of, is followed by others that came from the same station to this one alone, and of
     * which the same is to be told: they are lost, too.
     *
     * @param ring    the packet memory.
     * @param slot    the last packet.
     * @param packets how many follow.
     * @param octets  of their frames.
     * @param nanos   when the last of them came.
     */
    public void droppedAlike(final PacketMemory ring, final int slot, final int packets, final long octets, final long nanos) {
        final Port port = trip.tables().port(trip.input);
        if (port != null) {
            port.counters.receivedAndLost(PortCounters.isPriorityFrame(ring.buffer(), slot + Slot.FRAME,
                ring.getInt(slot + Slot.FRAME_LENGTH)), packets, octets, nanos);
        }
        trip.notifications.count(Notification.Kind.UNKNOWN_SPI, trip.about, nanos, packets);
    }

    private void tell(final Notification.Kind kind, final PacketMemory ring, final int slot, final int flow) {
        final Notifications.Subject about = trip.about;
        about.v6 = ring.getByte(slot + Slot.IP_VERSION) == 6;
        about.srcHigh = ring.getLong(slot + Slot.SRC_HIGH);
        about.srcLow = ring.getLong(slot + Slot.SRC_LOW);
        about.dstHigh = ring.getLong(slot + Slot.DST_HIGH);
        about.dstLow = ring.getLong(slot + Slot.DST_LOW);
        about.protocol = ring.getByte(slot + Slot.PROTOCOL) & 0xff;
        about.spi = ring.getInt(slot + Slot.SPI);
        final boolean udp = (ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_UDP_ENCAPSULATED) != 0;
        about.ports = udp ? Net.i32(ring, ring.getInt(slot + Slot.L4_OFFSET)) : 0;
        about.port = trip.input;
        about.flow = flow;
        about.sequence = ring.getLong(slot + Slot.SA) == 0 ? 0 : ring.getInt(slot + Slot.SEQ_LOW) & 0xffff_ffffL
            | (long) ring.getInt(slot + Slot.SEQ_HIGH) << 32;
        trip.notifications.count(kind, about, trip.nanos);
    }

    /**
     * Does with a packet what its proposed verdict says.
     *
     * @param ring    the packet memory.
     * @param slot    the packet; if it is forwarded, whole at its payload offset.
     * @param verdict {@link Verdict#FORWARD} for what came out of an SA, {@link Verdict#ROUTE} or a punt.
     * @return forward, drop or punt: done, but for the counting of the packet itself.
     */
    public int handle(final PacketMemory ring, final int slot, final int verdict) {
        if (ring.getInt(slot + Slot.LINK_TYPE) == LinkLayer.INJECTED) {
            octets = ring.getInt(slot + Slot.FRAME_LENGTH) - Injected.HEADER;
            injected.send(ring, slot);
            return trip.outcome();
        }
        final int number = Verdict.number(verdict);
        if (Verdict.kind(verdict) == Verdict.PUNT) {
            punt(ring, slot, number);
            return trip.outcome();
        }
        final boolean opened = verdict == Verdict.FORWARD;
        final int from = ring.getInt(slot + (opened ? Slot.PAYLOAD_OFFSET : Slot.L3_OFFSET));
        final int length = ring.getInt(slot + (opened ? Slot.PAYLOAD_LENGTH : Slot.L3_LENGTH));
        octets = length;
        final UnsafeBuffer buffer = trip.scratch(0).withRoom(length);
        buffer.putBytes(Scratch.HEADROOM, ring.buffer(), from, length);
        final int bound = opened ? use.port(InboundSa.number(ring.getLong(slot + Slot.SA))) : Receiver.CLEAR;
        final Port input = trip.tables().port(trip.input);
        final Port out = bound >= 0 ? trip.tables().port(bound) : input;
        if (input == null || out == null || !out.up) {
            trip.fail(GlobalDrop.DISABLED);
            return trip.outcome();
        }
        if (opened) {
            Ecn.set(buffer, Scratch.HEADROOM, Decapsulation.ecnAfter(ring.buffer(), slot));
        }
        final boolean tunnel = out.kind.isTunnel();
        receiver.receive(buffer, Scratch.HEADROOM, length, tunnel && out.kind.isGre() ? input : out,
            !opened ? Receiver.CLEAR : tunnel ? bound : Receiver.SECURED);
        return trip.outcome();
    }

    /** What the engine has found to be for the control plane: frames that are not IP as they are, packets without their frame. */
    private void punt(final PacketMemory ring, final int slot, final int cause) {
        final boolean arp = cause == PuntCause.ARP_REQUEST_OR_RESPONSE.id();
        if (arp || cause == PuntCause.LAYER2_CONTROL_AND_LEGACY.id()) {
            trip.punt(arp ? PuntCause.ARP_REQUEST_OR_RESPONSE : PuntCause.LAYER2_CONTROL_AND_LEGACY, true, trip.input, ring.buffer(),
                slot + Slot.FRAME, ring.getInt(slot + Slot.FRAME_LENGTH));
        } else {
            trip.punt(cause == PuntCause.FOR_US_CONTROL.id() ? PuntCause.FOR_US_CONTROL : PuntCause.FOR_US_DATA, false, trip.input,
                ring.buffer(), ring.getInt(slot + Slot.L3_OFFSET), ring.getInt(slot + Slot.L3_LENGTH));
        }
    }

    /** The last packet is lost, whoever said so. */
    public void lost() {
        trip.lost();
    }

    /** Frames that the last packet left as. */
    public int sent() {
        return trip.sent;
    }

    /** Octets of the IP packet that the last one was, when it came to be routed. */
    public int octets() {
        return octets;
    }

    /** ESP packets that were made of the last one. */
    public int sealed() {
        return trip.sealed;
    }
}
