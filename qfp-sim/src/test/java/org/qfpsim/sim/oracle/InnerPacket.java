package org.qfpsim.sim.oracle;

import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * An IP packet before it is wrapped.
 *
 * @param octets        all of it.
 * @param header        octets of its IP header with options or extension headers.
 * @param protocolField offset of the octet that names the upper protocol.
 */
record InnerPacket(byte[] octets, int header, int protocolField) {
    /** This and the next are for experiments (RFC 3692). In UDP, tshark would take random octets for RTCP and stop where they are not. */
    private static final int EXPERIMENTAL = 253;

    /**
     * A packet with random fields.
     *
     * @param random  source of the fields.
     * @param shape   says the version, and in transport mode the addresses.
     * @param payload octets of the upper protocol.
     * @param options whether the header has an option (IPv4) or a hop-by-hop header (IPv6).
     */
    static InnerPacket random(final Random random, final Shape shape, final int payload, final boolean options) {
        final int protocol = EXPERIMENTAL + random.nextInt(2);
        final int header = shape.inner6 ? options ? 48 : 40 : options ? 24 : 20;
        final ByteBuffer packet = ByteBuffer.allocate(header + payload);
        if (shape.inner6) {
            packet.putInt(6 << 28 | random.nextInt(1 << 28)).putShort((short) (header - 40 + payload));
            packet.put((byte) (options ? 0 : protocol)).put((byte) (1 + random.nextInt(255)));
            addresses(packet, random, shape);
            if (options) {
                // PadN fills the hop-by-hop header (RFC 8200 section 4.2).
                packet.put((byte) protocol).put((byte) 0).put(new byte[] {1, 4, 0, 0, 0, 0});
            }
        } else {
            packet.putShort((short) (4 << 12 | header >> 2 << 8 | random.nextInt(256))).putShort((short) (header + payload));
            packet.putShort((short) random.nextInt(1 << 16)).putShort((short) (random.nextBoolean() ? 0x4000 : 0));
            packet.put((byte) (1 + random.nextInt(255))).put((byte) protocol).putShort((short) 0);
            addresses(packet, random, shape);
            if (options) {
                // No operation, three times, and the end of the list (RFC 791).
                packet.put(new byte[] {1, 1, 1, 0});
            }
            Checksum.write(new UnsafeBuffer(packet.array()), 0, header);
        }
        final byte[] data = new byte[payload];
        random.nextBytes(data);
        packet.put(data);
        return new InnerPacket(packet.array(), header, shape.inner6 ? options ? 40 : 6 : 9);
    }

    private static void addresses(final ByteBuffer packet, final Random random, final Shape shape) {
        final IpAddress source = shape.inner6 ? new IpAddress(true, 0x20010db8_0000_0001L, random.nextLong())
            : IpAddress.v4(10 << 24 | random.nextInt(1 << 24));
        final IpAddress destination = shape.inner6 ? new IpAddress(true, 0x20010db8_0000_0002L, random.nextLong())
            : IpAddress.v4(11 << 24 | random.nextInt(1 << 24));
        packet.put((shape.tunnel() ? source : shape.source()).octets()).put((shape.tunnel() ? destination : shape.destination()).octets());
    }
}
