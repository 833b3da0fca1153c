package org.qfpsim.sim.outside;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.sim.net.host.InternetChecksum;

/** Completes the checksum that a sender has left to its network card: of TCP or UDP, in a whole IPv4 or IPv6 packet. */
final class TransportChecksum {
    private static final int ETHERNET_BYTES = 14;
    private static final int TCP_AT = 16;
    private static final int UDP_AT = 6;

    private TransportChecksum() {
    }

    /** Writes the checksum into a frame; leaves what is not whole TCP or UDP as it is. */
    static void complete(final MutableDirectBuffer frame, final int offset, final int length) {
        if (length < ETHERNET_BYTES + Net.IPV4_HEADER_BYTES) {
            return;
        }
        final int type = Net.u16(frame, offset + 12);
        final int ip = offset + ETHERNET_BYTES;
        final int room = length - ETHERNET_BYTES;
        if (type == Net.ETHERTYPE_IPV4) {
            final int header = (frame.getByte(ip) & 0xf) * 4;
            final int total = Net.u16(frame, ip + 2);
            final boolean fragment = (Net.u16(frame, ip + 6) & 0x3fff) != 0;
            if (header >= Net.IPV4_HEADER_BYTES && total >= header && total <= room && !fragment) {
                complete(frame, ip + 12, 8, ip + header, total - header, Net.u8(frame, ip + 9));
            }
        } else if (type == Net.ETHERTYPE_IPV6 && room >= Net.IPV6_HEADER_BYTES) {
            final int payload = Net.u16(frame, ip + 4);
            if (payload <= room - Net.IPV6_HEADER_BYTES) {
                complete(frame, ip + 8, 32, ip + Net.IPV6_HEADER_BYTES, payload, Net.u8(frame, ip + 6));
            }
        }
    }

    private static void complete(final MutableDirectBuffer frame, final int addresses, final int addressBytes, final int at,
                                 final int length, final int protocol) {
        final int field = protocol == Net.PROTO_TCP ? TCP_AT : protocol == Net.PROTO_UDP ? UDP_AT : -1;
        if (field < 0 || length < field + 2) {
            return;
        }
        frame.putShort(at + field, (short) 0);
        // RFC 9293 section 3.1, RFC 8200 section 8.1: addresses, protocol and length come first.
        final int checksum = InternetChecksum.finish(InternetChecksum.sum(frame, addresses, addressBytes) + protocol + length
            + InternetChecksum.sum(frame, at, length));
        frame.putShort(at + field, (short) (checksum == 0 && protocol == Net.PROTO_UDP ? 0xffff : checksum), ByteOrder.BIG_ENDIAN);
    }
}
