package org.qfpsim.controlplane.neighbor;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.MacAddress;

/**
 * An ARP packet of Ethernet and IPv4 (RFC 826).
 *
 * @param reply     whether it answers.
 * @param senderMac the sender's Ethernet address.
 * @param sender    the sender's IPv4 address.
 * @param targetMac the target's Ethernet address; zero in a request.
 * @param target    the target's IPv4 address.
 */
record ArpPacket(boolean reply, MacAddress senderMac, IpAddress sender, MacAddress targetMac, IpAddress target) {
    private static final int ETHERNET = 14;
    private static final int BYTES = 28;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    /** Hardware Ethernet, protocol IPv4, lengths 6 and 4. */
    private static final long ETHERNET_AND_IPV4 = 0x0001_0800_0604L;

    /** Reads a frame; empty if it is not such a packet, whole and of these sizes. */
    static Optional<ArpPacket> read(final DirectBuffer frame, final int at, final int length) {
        if (length < ETHERNET + BYTES || Net.u16(frame, at + 12) != Net.ETHERTYPE_ARP) {
            return Optional.empty();
        }
        final int arp = at + ETHERNET;
        final int operation = Net.u16(frame, arp + 6);
        if (Net.i64(frame, arp) >>> 16 != ETHERNET_AND_IPV4 || operation != REQUEST && operation != REPLY) {
            return Optional.empty();
        }
        return Optional.of(new ArpPacket(operation == REPLY, mac(frame, arp + 8), IpAddress.v4(Net.i32(frame, arp + 14)),
            mac(frame, arp + 18), IpAddress.v4(Net.i32(frame, arp + 24))));
    }

    private static MacAddress mac(final DirectBuffer frame, final int at) {
        return new MacAddress((long) Net.u16(frame, at) << 32 | Net.u32(frame, at + 2));
    }

    /** The frame to a station. */
    byte[] frame(final MacAddress to) {
        final ByteBuffer out = EthernetFrame.begin(to, senderMac, Net.ETHERTYPE_ARP, BYTES);
        out.putInt(0x0001_0800).putShort((short) 0x0604).putShort((short) (reply ? REPLY : REQUEST));
        EthernetFrame.put(out, senderMac).put(sender.octets());
        EthernetFrame.put(out, targetMac).put(target.octets());
        return out.array();
    }
}
