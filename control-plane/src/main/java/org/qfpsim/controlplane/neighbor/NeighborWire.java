package org.qfpsim.controlplane.neighbor;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.RoutedDatapath;

/** What a router says to its neighbours, frame by frame. */
final class NeighborWire {
    private static final MacAddress NOBODY = new MacAddress(0);
    /** ff02::1. */
    private static final IpAddress ALL_NODES = new IpAddress(true, 0xff02L << 48, 1);

    private final RoutedDatapath datapath;
    private final Timers timers;

    NeighborWire(final RoutedDatapath datapath, final Timers timers) {
        this.datapath = datapath;
        this.timers = timers;
    }

    private static MacAddress macOf(final InterfaceSpec spec) {
        final MacAddress mac = spec.mac();
        return mac == null ? NOBODY : mac;
    }

    private void transmit(final InterfaceSpec spec, final byte[] frame) {
        datapath.injectFrame(spec.index(), new UnsafeBuffer(frame), 0, frame.length, timers.nanos());
    }

    /** Tells everybody whose an address is. */
    void announce(final InterfaceSpec spec, final IpAddress address) {
        final MacAddress mac = macOf(spec);
        if (address.v6()) {
            transmit(spec, new NeighborMessage(true, address, ALL_NODES, address, mac, false).frame(EthernetFrame.group(ALL_NODES), mac));
        } else {
            transmit(spec, new ArpPacket(false, mac, address, MacAddress.BROADCAST, address).frame(MacAddress.BROADCAST));
        }
    }

    /** Asks whose an address is; false if the interface has no address to ask from. */
    boolean ask(final InterfaceSpec spec, final IpAddress target) {
        final IpAddress source = source(spec, target);
        if (source == null) {
            return false;
        }
        final MacAddress mac = macOf(spec);
        if (target.v6()) {
            final IpAddress group = NeighborMessage.solicitedNode(target);
            transmit(spec, new NeighborMessage(false, source, group, target, mac, false).frame(EthernetFrame.group(group), mac));
        } else {
            transmit(spec, new ArpPacket(false, mac, source, NOBODY, target).frame(MacAddress.BROADCAST));
        }
        return true;
    }

    /** Our address on the neighbour's network, or any of its family. */
    private static @Nullable IpAddress source(final InterfaceSpec spec, final IpAddress target) {
        IpAddress any = null;
        for (final InterfaceAddress address : spec.addresses()) {
            if (address.address().v6() == target.v6()) {
                if (new IpPrefix(target, address.prefixLength()).equals(address.prefix())) {
                    return address.address();
                }
                any = any == null ? address.address() : any;
            }
        }
        return any;
    }

    /** Answers a request for an address of ours. */
    void answer(final InterfaceSpec spec, final ArpPacket request) {
        final MacAddress asker = request.senderMac();
        transmit(spec, new ArpPacket(true, macOf(spec), request.target(), asker, request.sender()).frame(asker));
    }

    /** Answers a solicitation for an address of ours, to a station; to all if the asker has no address yet (RFC 4861 section 7.2.4). */
    void answer(final InterfaceSpec spec, final NeighborMessage solicitation, final @Nullable MacAddress station) {
        final IpAddress source = solicitation.source();
        final boolean nobody = source.high() == 0 && source.low() == 0;
        final MacAddress to = nobody ? EthernetFrame.group(ALL_NODES) : station;
        if (to != null) {
            final NeighborMessage answer = new NeighborMessage(true, solicitation.target(), nobody ? ALL_NODES : source,
                solicitation.target(), macOf(spec), !nobody);
            transmit(spec, answer.frame(to, macOf(spec)));
        }
    }

    /** Sends a packet that has waited. */
    void send(final InterfaceSpec spec, final MacAddress to, final byte[] packet) {
        final int type = packet[0] >>> 4 == 4 ? Net.ETHERTYPE_IPV4 : Net.ETHERTYPE_IPV6;
        final ByteBuffer frame = EthernetFrame.begin(to, macOf(spec), type, packet.length).put(packet);
        transmit(spec, frame.array());
    }
}
