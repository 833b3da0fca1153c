package org.qfpsim.sim.net.host;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/** Builds Ethernet frames with room for addresses that {@link Neighbours} fills in. Checksums are right. */
final class Packets {
    static final int ETHERNET_BYTES = 14;
    static final int PROTO_ICMP = 1;
    static final int PROTO_ICMPV6 = 58;
    static final int ICMP_ECHO_BYTES = 8;
    static final int TTL = 64;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;
    private static final int DONT_FRAGMENT = 0x4000;

    private Packets() {
    }

    /** Octets of the IP header of a family. */
    static int header(final boolean v6) {
        return v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES;
    }

    static int echoProtocol(final boolean v6) {
        return v6 ? PROTO_ICMPV6 : PROTO_ICMP;
    }

    static int echoRequest(final boolean v6) {
        return v6 ? 128 : 8;
    }

    static int echoReply(final boolean v6) {
        return v6 ? 129 : 0;
    }

    /** A frame with Ethernet type and IP header; what follows is 0. */
    static byte[] ip(final IpAddress source, final IpAddress destination, final int protocol, final int payload, final int ttl,
                     final int id) {
        final byte[] frame = new byte[ETHERNET_BYTES + header(source.v6()) + payload];
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int at = ETHERNET_BYTES;
        if (source.v6()) {
            buffer.putShort(12, (short) Net.ETHERTYPE_IPV6, ByteOrder.BIG_ENDIAN);
            buffer.putByte(at, (byte) 0x60);
            buffer.putShort(at + 4, (short) payload, ByteOrder.BIG_ENDIAN);
            buffer.putByte(at + 6, (byte) protocol);
            buffer.putByte(at + 7, (byte) ttl);
            buffer.putBytes(at + 8, source.octets());
            buffer.putBytes(at + 24, destination.octets());
        } else {
            buffer.putShort(12, (short) Net.ETHERTYPE_IPV4, ByteOrder.BIG_ENDIAN);
            buffer.putByte(at, (byte) 0x45);
            buffer.putShort(at + 2, (short) (Net.IPV4_HEADER_BYTES + payload), ByteOrder.BIG_ENDIAN);
            buffer.putShort(at + 4, (short) id, ByteOrder.BIG_ENDIAN);
            buffer.putShort(at + 6, (short) (DONT_FRAGMENT), ByteOrder.BIG_ENDIAN);
            buffer.putByte(at + 8, (byte) ttl);
            buffer.putByte(at + 9, (byte) protocol);
            buffer.putBytes(at + 12, source.octets());
            buffer.putBytes(at + 16, destination.octets());
            Checksum.write(buffer, at, Net.IPV4_HEADER_BYTES);
        }
        return frame;
    }

    static byte[] udp(final IpAddress source, final IpAddress destination, final int sourcePort, final int destinationPort,
                      final byte[] payload, final int id) {
        final int length = Net.UDP_HEADER_BYTES + payload.length;
        final byte[] frame = ip(source, destination, Net.PROTO_UDP, length, TTL, id);
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int at = ETHERNET_BYTES + header(source.v6());
        buffer.putShort(at, (short) sourcePort, ByteOrder.BIG_ENDIAN);
        buffer.putShort(at + 2, (short) destinationPort, ByteOrder.BIG_ENDIAN);
        buffer.putShort(at + 4, (short) length, ByteOrder.BIG_ENDIAN);
        buffer.putBytes(at + Net.UDP_HEADER_BYTES, payload);
        final int sum = InternetChecksum.finish(InternetChecksum.pseudoHeader(source, destination, Net.PROTO_UDP, length)
            + InternetChecksum.sum(buffer, at, length));
        // RFC 768: 0 means no checksum, so a sum of 0 is sent as its other form.
        buffer.putShort(at + UDP_CHECKSUM, (short) (sum == 0 ? 0xffff : sum), ByteOrder.BIG_ENDIAN);
        return frame;
    }

    /** An echo request or reply; identifier and sequence number are the first octets of its body. */
    static byte[] echo(final IpAddress source, final IpAddress destination, final int type, final byte[] body, final int id) {
        final byte[] message = new byte[4 + body.length];
        message[0] = (byte) type;
        System.arraycopy(body, 0, message, 4, body.length);
        return icmp(source, destination, message, TTL, id);
    }

    static byte[] icmp(final IpAddress source, final IpAddress destination, final byte[] message, final int ttl, final int id) {
        final int protocol = echoProtocol(source.v6());
        final byte[] frame = ip(source, destination, protocol, message.length, ttl, id);
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int at = ETHERNET_BYTES + header(source.v6());
        buffer.putBytes(at, message);
        buffer.putShort(at + ICMP_CHECKSUM, (short) 0);
        final long pseudo = source.v6() ? InternetChecksum.pseudoHeader(source, destination, protocol, message.length) : 0;
        final int sum = InternetChecksum.finish(pseudo + InternetChecksum.sum(buffer, at, message.length));
        buffer.putShort(at + ICMP_CHECKSUM, (short) sum, ByteOrder.BIG_ENDIAN);
        return frame;
    }

    /** The error about a datagram at whose port nobody listens, with its IP and UDP header (RFC 792, RFC 4443 section 3.1). */
    static byte[] portUnreachable(final IpView about) {
        final int excerpt = about.payload() - about.start() + Net.UDP_HEADER_BYTES;
        final byte[] message = new byte[ICMP_ECHO_BYTES + excerpt];
        message[0] = (byte) (about.v6() ? 1 : 3);
        message[1] = (byte) (about.v6() ? 4 : 3);
        about.buffer().getBytes(about.start(), message, ICMP_ECHO_BYTES, excerpt);
        return icmp(about.destination(), about.source(), message, TTL, 0);
    }

    static IpAddress address(final DirectBuffer buffer, final int offset, final boolean v6) {
        return v6 ? new IpAddress(true, Net.i64(buffer, offset), Net.i64(buffer, offset + 8)) : IpAddress.v4(Net.i32(buffer, offset));
    }
}
