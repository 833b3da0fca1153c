package org.qfpsim.sim.net.host;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/**
 * The IP packet in a frame, its lengths checked.
 *
 * @param buffer      the octets.
 * @param start       where the IP header starts.
 * @param source      from.
 * @param destination to.
 * @param protocol    of the payload.
 * @param payload     where the payload starts.
 * @param length      octets of the payload.
 * @param ttl         TTL or hop limit.
 * @param fragment    whether it is only a part of a datagram.
 */
record IpView(DirectBuffer buffer, int start, IpAddress source, IpAddress destination, int protocol, int payload, int length, int ttl,
              boolean fragment) {
    private static final int FRAGMENT_BITS = 0x3fff;

    boolean v6() {
        return source.v6();
    }

    /** Null if the frame has no packet, or one whose header is not right. */
    static @Nullable IpView of(final DirectBuffer frame, final int offset, final int length) {
        final int start = offset + Packets.ETHERNET_BYTES;
        final int available = length - Packets.ETHERNET_BYTES;
        return switch (Net.u16(frame, offset + 12)) {
            case Net.ETHERTYPE_IPV4 -> available < Net.IPV4_HEADER_BYTES ? null : v4(frame, start, available);
            case Net.ETHERTYPE_IPV6 -> available < Net.IPV6_HEADER_BYTES ? null : v6(frame, start, available);
            default -> null;
        };
    }

    private static @Nullable IpView v4(final DirectBuffer frame, final int at, final int available) {
        final int header = (Net.u8(frame, at) & 15) * 4;
        final int total = Net.u16(frame, at + 2);
        if (Net.u8(frame, at) >>> 4 != 4 || header < Net.IPV4_HEADER_BYTES || header > total || total > available
            || Checksum.sum(frame, at, header) != 0xffff) {
            return null;
        }
        return new IpView(frame, at, Packets.address(frame, at + 12, false), Packets.address(frame, at + 16, false), Net.u8(frame, at + 9),
            at + header, total - header, Net.u8(frame, at + 8), (Net.u16(frame, at + 6) & FRAGMENT_BITS) != 0);
    }

    private static @Nullable IpView v6(final DirectBuffer frame, final int at, final int available) {
        final int length = Net.u16(frame, at + 4);
        if (Net.u8(frame, at) >>> 4 != 6 || length > available - Net.IPV6_HEADER_BYTES) {
            return null;
        }
        final int protocol = Net.u8(frame, at + 6);
        return new IpView(frame, at, Packets.address(frame, at + 8, true), Packets.address(frame, at + 24, true), protocol,
            at + Net.IPV6_HEADER_BYTES, length, Net.u8(frame, at + 7), protocol == Net.PROTO_FRAGMENT);
    }

    /** Whether the checksum of a UDP, ICMP or ICMPv6 message is right; UDP over IPv4 may have none. */
    boolean checksumRight() {
        final boolean udp = protocol == Net.PROTO_UDP;
        if (udp && !v6() && Net.u16(buffer, payload + 6) == 0) {
            return true;
        }
        final long pseudo = protocol == Packets.PROTO_ICMP ? 0 : InternetChecksum.pseudoHeader(source, destination, protocol, length);
        return InternetChecksum.finish(pseudo + InternetChecksum.sum(buffer, payload, length)) == 0;
    }

    /** A copy of a part of the payload. */
    byte[] octets(final int from, final int count) {
        final byte[] copy = new byte[count];
        buffer.getBytes(payload + from, copy);
        return copy;
    }
}
