package org.qfpsim.controlplane.router;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/**
 * A UDP datagram of the router's own (RFC 768), in IPv4 without options or IPv6 without extension headers: what IKE travels in.
 *
 * @param source          where it comes from.
 * @param sourcePort      0 to 65535.
 * @param destination     where it goes, of the same family.
 * @param destinationPort 0 to 65535.
 * @param payload         what is in it.
 */
public record UdpPacket(IpAddress source, int sourcePort, IpAddress destination, int destinationPort, byte[] payload) {
    /** Traffic class of what routers say to each other: class selector 6 (RFC 2474 section 4.2.2.2). */
    public static final int NETWORK_CONTROL = 6 << 5;

    private static final int UDP = 17;
    private static final int V4 = 20;
    private static final int V6 = 40;
    private static final int MAX = 65_535;
    private static final int TTL = 255;
    private static final int FRAGMENT = 0x3fff;

    /**
     * Reads a packet as it was sent up. The datapath has checked and reassembled it; lengths are checked again, checksums are not.
     *
     * @param packet from the IP header on; octets behind the IP length are ignored.
     * @return the datagram; empty if it is no whole UDP datagram.
     */
    public static Optional<UdpPacket> parse(final byte[] packet) {
        if (packet.length == 0) {
            return Optional.empty();
        }
        final boolean v6 = packet[0] >> 4 == 6;
        final int header = v6 ? V6 : 4 * (packet[0] & 15);
        if (!v6 && packet[0] >> 4 != 4 || header < V4 || packet.length < header + Net.UDP_HEADER_BYTES) {
            return Optional.empty();
        }
        final ByteBuffer buffer = ByteBuffer.wrap(packet);
        final boolean fragment = !v6 && (buffer.getShort(6) & FRAGMENT) != 0;
        final int length = buffer.getShort(header + 4) & MAX;
        if (packet[v6 ? 6 : 9] != UDP || fragment || length < Net.UDP_HEADER_BYTES || header + length > packet.length) {
            return Optional.empty();
        }
        final int addresses = v6 ? 8 : 12;
        final int octets = v6 ? 16 : 4;
        return Optional.of(new UdpPacket(IpAddress.of(Arrays.copyOfRange(packet, addresses, addresses + octets)),
            buffer.getShort(header) & MAX, IpAddress.of(Arrays.copyOfRange(packet, addresses + octets, addresses + 2 * octets)),
            buffer.getShort(header + 2) & MAX, Arrays.copyOfRange(packet, header + Net.UDP_HEADER_BYTES, header + length)));
    }

    /**
     * Whether a packet is for one of IKE's ports.
     *
     * @param buffer where it is.
     * @param offset first octet of its IP header.
     * @param length octets there.
     * @return false also for what is too short to tell.
     */
    public static boolean isIke(final DirectBuffer buffer, final int offset, final int length) {
        if (!isUdp(buffer, offset, length)) {
            return false;
        }
        final int port = Net.u16(buffer, offset + headerOf(buffer, offset) + 2);
        return port == Net.PORT_IKE || port == Net.PORT_NATT;
    }

    /**
     * Whether a packet has a UDP header behind its IP header.
     *
     * @param buffer where it is.
     * @param offset first octet of its IP header.
     * @param length octets there.
     * @return false also for what is too short to tell.
     */
    public static boolean isUdp(final DirectBuffer buffer, final int offset, final int length) {
        return length >= V4 && length >= headerOf(buffer, offset) + Net.UDP_HEADER_BYTES
            && Net.u8(buffer, offset + (Net.u8(buffer, offset) >> 4 == 6 ? 6 : 9)) == UDP;
    }

    private static int headerOf(final DirectBuffer buffer, final int offset) {
        return Net.u8(buffer, offset) >> 4 == 6 ? V6 : (Net.u8(buffer, offset) & 15) << 2;
    }

    /**
     * The packet with its IP header and checksums, of no precedence.
     *
     * @param identification of the IPv4 header, in case that it is cut into fragments.
     * @return from the IP header on.
     * @throws IllegalArgumentException if the payload does not fit into a datagram.
     */
    public byte[] octets(final int identification) {
        return octets(identification, 0);
    }

    /**
     * The packet with its IP header and checksums.
     *
     * @param identification of the IPv4 header, in case that it is cut into fragments.
     * @param trafficClass   {@link #NETWORK_CONTROL}, or 0.
     * @return from the IP header on.
     * @throws IllegalArgumentException if the payload does not fit into a datagram.
     */
    public byte[] octets(final int identification, final int trafficClass) {
        final int header = source.v6() ? V6 : V4;
        final int length = Net.UDP_HEADER_BYTES + payload.length;
        if (header + length > MAX) {
            throw new IllegalArgumentException(payload.length + " octets do not fit into a UDP datagram");
        }
        final ByteBuffer packet = ByteBuffer.allocate(header + length);
        if (source.v6()) {
            packet.putInt(6 << 28 | trafficClass << 20).putShort((short) length).put((byte) UDP).put((byte) TTL);
        } else {
            packet.putShort((short) (0x4500 | trafficClass)).putShort((short) (header + length)).putShort((short) identification)
                .putShort((short) 0).put((byte) TTL).put((byte) UDP).putShort((short) 0);
        }
        packet.put(source.octets()).put(destination.octets());
        packet.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) length).putShort((short) 0).put(payload);
        final byte[] octets = packet.array();
        if (!source.v6()) {
            packet.putShort(10, (short) ~fold(sum(octets, 0, V4)));
        }
        final int addresses = source.v6() ? 8 : 12;
        final int udp = ~fold(sum(octets, addresses, octets.length) + UDP + length) & MAX;
        // RFC 768: a sum of 0 is sent as all ones, 0 means that there is none.
        packet.putShort(header + 6, (short) (udp == 0 ? MAX : udp));
        return octets;
    }

    private static long sum(final byte[] octets, final int from, final int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += (long) (octets[i] & 255) << ((i - from & 1) == 0 ? 8 : 0);
        }
        return sum;
    }

    private static int fold(final long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & MAX) + (folded >>> 16);
        }
        return (int) folded;
    }
}
