package org.qfpsim.controlplane.icmp;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/** Reads IPv4 packets that were sent up, and those that an error carries; no length in them is trusted. */
final class IcmpView {
    /** Octets of an ICMP header, and of a UDP header. */
    static final int HEADER = 8;

    private IcmpView() {
    }

    /** An IPv4 address in a packet. */
    static IpAddress address(final DirectBuffer buffer, final int at) {
        return IpAddress.v4((int) Net.u32(buffer, at));
    }

    /** Octets of the IPv4 header in front of an ICMP message of at least eight octets; 0 if there is none. */
    static int headerOf(final DirectBuffer buffer, final int at, final int length) {
        return headerOf(buffer, at, length, IcmpPacket.ICMP);
    }

    /** Octets of the IPv4 header in front of at least eight octets of a protocol; 0 if there is none. */
    static int headerOf(final DirectBuffer buffer, final int at, final int length, final int protocol) {
        if (length < Net.IPV4_HEADER_BYTES || Net.u8(buffer, at) >> 4 != 4 || Net.u8(buffer, at + 9) != protocol) {
            return 0;
        }
        final int header = (Net.u8(buffer, at) & 15) << 2;
        return header < Net.IPV4_HEADER_BYTES || length < header + HEADER ? 0 : header;
    }
}
