package org.qfpsim.datapath.support;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;

/** Builds frames and IP packets as arrays, all checksums right. */
public final class Packets {
    /** More fragments, as {@link #ipv4Fragment} takes it. */
    public static final int MORE = 0x2000;
    /** Don't fragment. */
    public static final int DF = 0x4000;

    private Packets() {
    }

    public static byte[] ipv4(final String source, final String destination, final int protocol, final byte[] payload) {
        return ipv4(source, destination, protocol, payload, 0, new byte[0]);
    }

    public static byte[] ipv4(final String source, final String destination, final int protocol, final byte[] payload, final int tos,
                              final byte[] options) {
        final int header = 20 + options.length;
        final ByteBuffer out = ByteBuffer.allocate(header + payload.length);
        out.put((byte) (0x40 | header / 4)).put((byte) tos).putShort((short) out.capacity()).putInt(0x1234 << 16);
        out.put((byte) 64).put((byte) protocol).putShort((short) 0);
        out.put(IpAddress.parse(source).octets()).put(IpAddress.parse(destination).octets()).put(options).put(payload);
        return checksummed(out.array());
    }

    /** The same packet as a fragment: identification, flags and an offset in octets are set. */
    public static byte[] ipv4Fragment(final byte[] packet, final int identification, final int flags, final int offset) {
        final byte[] copy = packet.clone();
        ByteBuffer.wrap(copy).putShort(4, (short) identification).putShort(6, (short) (flags | offset >> 3));
        return checksummed(copy);
    }

    /** Writes the checksum of an IPv4 header whose length field is sane. */
    public static byte[] checksummed(final byte[] packet) {
        Checksum.write(new UnsafeBuffer(packet), 0, (packet[0] & 15) << 2);
        return packet;
    }

    public static byte[] ipv6(final String source, final String destination, final int nextHeader, final byte[] payload) {
        return ipv6(source, destination, nextHeader, payload, 0);
    }

    public static byte[] ipv6(final String source, final String destination, final int nextHeader, final byte[] payload,
                              final int trafficClass) {
        final ByteBuffer out = ByteBuffer.allocate(40 + payload.length);
        out.putInt(6 << 28 | trafficClass << 20).putShort((short) payload.length).put((byte) nextHeader).put((byte) 64);
        return out.put(IpAddress.parse(source).octets()).put(IpAddress.parse(destination).octets()).put(payload).array();
    }

    /** An IPv6 fragment: {@code part} of the payload that {@code nextHeader} begins. */
    public static byte[] ipv6Fragment(final String source, final String destination, final int nextHeader, final byte[] part,
                                      final int identification, final int offset, final boolean more) {
        final byte[] header = ByteBuffer.allocate(8).put((byte) nextHeader).put((byte) 0).putShort((short) (offset | (more ? 1 : 0)))
            .putInt(identification).array();
        return ipv6(source, destination, 44, concat(header, part));
    }

    /** An IPv6 extension header of a number of 8-octet units, filled with PadN or zeros. */
    public static byte[] extension(final int next, final int units) {
        final byte[] header = new byte[units * 8];
        header[0] = (byte) next;
        header[1] = (byte) (units - 1);
        header[2] = 1;
        header[3] = (byte) Math.min(header.length - 4, 255);
        return header;
    }

    public static byte[] udp(final int source, final int destination, final byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length).putShort((short) source).putShort((short) destination)
            .putShort((short) (8 + payload.length)).putShort((short) 0).put(payload).array();
    }

    public static byte[] ethernet(final int ethertype, final byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length).put(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2})
            .putShort((short) ethertype).put(payload).array();
    }

    /** An Ethernet frame with an IP packet of either family. */
    public static byte[] ethernet(final byte[] packet) {
        return ethernet(packet[0] >> 4 == 6 ? 0x86dd : 0x0800, packet);
    }

    /** A tag and what follows it, for the payload of {@link #ethernet(int, byte[])}. */
    public static byte[] tag(final int vlan, final int ethertype, final byte[] payload) {
        return ByteBuffer.allocate(4 + payload.length).putShort((short) vlan).putShort((short) ethertype).put(payload).array();
    }

    /** Octets 0, 1, 2, ... */
    public static byte[] counting(final int length) {
        final byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) i;
        }
        return octets;
    }

    public static byte[] concat(final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final ByteBuffer out = ByteBuffer.allocate(length);
        for (final byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /** A copy with one octet replaced. */
    public static byte[] with(final byte[] octets, final int at, final int value) {
        final byte[] copy = octets.clone();
        copy[at] = (byte) value;
        return copy;
    }

    /** A copy with one bit of an octet turned; a negative place counts from the end. */
    public static byte[] damaged(final byte[] octets, final int at) {
        final int place = at < 0 ? octets.length + at : at;
        return with(octets, place, octets[place] ^ 1);
    }
}
