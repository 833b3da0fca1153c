package org.qfpsim.controlplane.neighbor;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.icmp.IcmpPacket;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.MacAddress;

/**
 * A neighbour solicitation or advertisement (RFC 4861 sections 4.3 and 4.4).
 *
 * @param advertisement whether it answers.
 * @param source        source of the packet.
 * @param destination   its destination.
 * @param target        the address that it is about.
 * @param mac           the link-layer address option: the source's of a solicitation, the target's of an advertisement; null if there is
 *                      none.
 * @param solicited     whether an advertisement answers a solicitation.
 */
record NeighborMessage(boolean advertisement, IpAddress source, IpAddress destination, IpAddress target, @Nullable MacAddress mac,
                       boolean solicited) {
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int HOP_LIMIT = 255;
    private static final int BYTES = 24;
    private static final int OPTION_UNIT = 8;
    private static final int SOURCE_LINK_LAYER = 1;
    private static final int TARGET_LINK_LAYER = 2;
    private static final int ROUTER = 0x8000_0000;
    private static final int SOLICITED = 0x4000_0000;
    private static final int OVERRIDE = 0x2000_0000;

    /** Whether a packet is one, right or wrong: ICMPv6 of these types directly behind the IPv6 header. */
    static boolean looksLike(final DirectBuffer packet, final int at, final int length) {
        if (length < Net.IPV6_HEADER_BYTES + 1 || Net.u8(packet, at) >> 4 != 6 || Net.u8(packet, at + 6) != IcmpPacket.ICMP6) {
            return false;
        }
        final int type = Net.u8(packet, at + Net.IPV6_HEADER_BYTES);
        return type == SOLICITATION || type == ADVERTISEMENT;
    }

    /** Reads a packet; empty if it is not valid (RFC 4861 section 7.1). */
    static Optional<NeighborMessage> read(final DirectBuffer packet, final int at, final int length) {
        if (!looksLike(packet, at, length) || length < Net.IPV6_HEADER_BYTES + BYTES || Net.u8(packet, at + 7) != HOP_LIMIT
            || Net.u16(packet, at + 4) + Net.IPV6_HEADER_BYTES != length) {
            return Optional.empty();
        }
        final byte[] octets = new byte[length];
        packet.getBytes(at, octets);
        final ByteBuffer in = ByteBuffer.wrap(octets);
        final boolean advertisement = in.get(Net.IPV6_HEADER_BYTES) == (byte) ADVERTISEMENT;
        final IpAddress target = address(in, Net.IPV6_HEADER_BYTES + 8);
        if (in.get(Net.IPV6_HEADER_BYTES + 1) != 0 || !IcmpPacket.isRight(in, Net.IPV6_HEADER_BYTES) || target.high() >>> 56 == 0xff) {
            return Optional.empty();
        }
        MacAddress mac = null;
        for (int option = Net.IPV6_HEADER_BYTES + BYTES; option < length;) {
            final int bytes = length - option < OPTION_UNIT ? 0 : (in.get(option + 1) & 0xff) * OPTION_UNIT;
            if (bytes == 0 || bytes > length - option) {
                return Optional.empty();
            }
            if (in.get(option) == (advertisement ? TARGET_LINK_LAYER : SOURCE_LINK_LAYER)) {
                mac = new MacAddress(in.getLong(option) & 0xffff_ffff_ffffL);
            }
            option += bytes;
        }
        return Optional.of(new NeighborMessage(advertisement, address(in, 8), address(in, 24), target, mac,
            (in.getInt(Net.IPV6_HEADER_BYTES + 4) & SOLICITED) != 0));
    }

    private static IpAddress address(final ByteBuffer in, final int at) {
        return new IpAddress(true, in.getLong(at), in.getLong(at + 8));
    }

    /** The group that a solicitation for an address goes to (RFC 4291 section 2.7.1). */
    static IpAddress solicitedNode(final IpAddress address) {
        return new IpAddress(true, 0xff02L << 48, 0x1_ff00_0000L | address.low() & 0xff_ffff);
    }

    /** The frame to a station. */
    byte[] frame(final MacAddress to, final MacAddress from) {
        final ByteBuffer message = ByteBuffer.allocate(BYTES + (mac == null ? 0 : OPTION_UNIT));
        message.putInt((advertisement ? ADVERTISEMENT : SOLICITATION) << 24);
        message.putInt(advertisement ? ROUTER | OVERRIDE | (solicited ? SOLICITED : 0) : 0);
        message.put(target.octets());
        if (mac != null) {
            message.put((byte) (advertisement ? TARGET_LINK_LAYER : SOURCE_LINK_LAYER)).put((byte) 1);
            EthernetFrame.put(message, mac);
        }
        final byte[] packet = IcmpPacket.build(source, destination, message.array());
        return EthernetFrame.begin(to, from, Net.ETHERTYPE_IPV6, packet.length).put(packet).array();
    }
}
