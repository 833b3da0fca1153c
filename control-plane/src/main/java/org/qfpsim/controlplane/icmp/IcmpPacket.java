package org.qfpsim.controlplane.icmp;

import java.nio.ByteBuffer;
import org.qfpsim.datapath.packet.IpAddress;

/** Builds IP packets with ICMP or ICMPv6 in them, all checksums right. */
public final class IcmpPacket {
    /** Protocol number of ICMP. */
    public static final int ICMP = 1;
    /** Protocol number of ICMPv6. */
    public static final int ICMP6 = 58;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TTL = 255;

    private IcmpPacket() {
    }

    /**
     * Builds a packet; its TTL or hop limit is 255, as RFC 4861 wants it.
     *
     * @param source      its source.
     * @param destination its destination, of the same family.
     * @param message     from the type on; the checksum (octets 2 and 3) is written here.
     * @return the IP packet.
     */
    public static byte[] build(final IpAddress source, final IpAddress destination, final byte[] message) {
        final boolean v6 = source.v6();
        final int header = v6 ? IPV6_HEADER : IPV4_HEADER;
        final ByteBuffer out = ByteBuffer.allocate(header + message.length);
        if (v6) {
            out.putInt(6 << 28).putShort((short) message.length).put((byte) ICMP6).put((byte) TTL);
        } else {
            out.putInt(0x45 << 24 | header + message.length).putInt(0).put((byte) TTL).put((byte) ICMP).putShort((short) 0);
        }
        out.put(source.octets()).put(destination.octets()).put(message);
        if (!v6) {
            out.putShort(10, (short) ~sum(out, 0, IPV4_HEADER, 0));
        }
        out.putShort(header + 2, (short) 0);
        out.putShort(header + 2, (short) ~sum(out, header, message.length, v6 ? pseudo(out, message.length) : 0));
        return out.array();
    }

    /**
     * Whether the checksum of a message is right.
     *
     * @param packet the whole IP packet, its lengths already checked.
     * @param header octets of its IP header and extension headers.
     * @return true if it is.
     */
    public static boolean isRight(final ByteBuffer packet, final int header) {
        final int length = packet.limit() - header;
        return sum(packet, header, length, packet.get(0) >>> 4 == 6 ? pseudo(packet, length) : 0) == 0xffff;
    }

    /** The sum over the pseudo-header of IPv6 (RFC 8200 section 8.1). */
    private static long pseudo(final ByteBuffer packet, final int length) {
        return sum(packet, 8, 32, 0) + length + ICMP6;
    }

    private static int sum(final ByteBuffer buffer, final int at, final int length, final long start) {
        long sum = start;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            sum += buffer.getShort(at + i) & 0xffff;
        }
        if (i < length) {
            sum += (buffer.get(at + i) & 0xff) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
