package org.qfpsim.datapath.trace;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.Net;

/**
 * What conditions and filters look at in a packet: version, addresses, protocol, ports. Reads what is there and no further; nothing is
 * checked beyond that, since the packet need not be a good one. One object, read anew for each.
 */
final class FrameView {
    private static final int ETHERNET = 14;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int TAG = 4;
    private static final int MAX_TAGS = 2;

    /** 4, 6, or 0 if it is not IP. */
    int version;
    boolean arp;
    int protocol;
    long srcHigh;
    long srcLow;
    long dstHigh;
    long dstLow;
    /** Source port | destination port &lt;&lt; 16, or -1. */
    long ports;

    /** Takes the fields of a packet that somebody else has read. */
    void set(final boolean v6, final long sourceHigh, final long sourceLow, final long destinationHigh, final long destinationLow,
             final int upper, final long portPair) {
        version = v6 ? 6 : 4;
        arp = false;
        srcHigh = sourceHigh;
        srcLow = sourceLow;
        dstHigh = destinationHigh;
        dstLow = destinationLow;
        protocol = upper;
        ports = portPair;
    }

    /**
     * Reads a frame.
     *
     * @param buffer where it is.
     * @param at     its first octet.
     * @param length octets there.
     * @param link   a {@link LinkLayer}.
     */
    void read(final DirectBuffer buffer, final int at, final int length, final int link) {
        version = 0;
        arp = false;
        protocol = 0;
        ports = -1;
        if (link == LinkLayer.RAW_IP) {
            ip(buffer, at, length);
        } else if (link == LinkLayer.ETHERNET && length >= ETHERNET) {
            int header = ETHERNET;
            int type = Net.u16(buffer, at + header - 2);
            for (int tags = 0; tags < MAX_TAGS && isTag(type) && length >= header + TAG; tags++) {
                header += TAG;
                type = Net.u16(buffer, at + header - 2);
            }
            if (type == Net.ETHERTYPE_IPV4 || type == Net.ETHERTYPE_IPV6) {
                ip(buffer, at + header, length - header);
            }
            arp = type == Net.ETHERTYPE_ARP;
        }
    }

    private static boolean isTag(final int type) {
        return type == Net.ETHERTYPE_VLAN || type == Net.ETHERTYPE_QINQ;
    }

    private void ip(final DirectBuffer buffer, final int at, final int length) {
        final int first = length == 0 ? 0 : Net.u8(buffer, at);
        if (first >> 4 == 4 && length >= Net.IPV4_HEADER_BYTES) {
            version = 4;
            protocol = Net.u8(buffer, at + 9);
            srcHigh = 0;
            srcLow = Net.u32(buffer, at + 12);
            dstHigh = 0;
            dstLow = Net.u32(buffer, at + 16);
            final int header = (first & 0xf) * 4;
            if ((Net.u16(buffer, at + 6) & FRAGMENT_OFFSET) == 0) {
                ports(buffer, at + header, length - header);
            }
        } else if (first >> 4 == 6 && length >= Net.IPV6_HEADER_BYTES) {
            version = 6;
            protocol = Net.u8(buffer, at + 6);
            srcHigh = Net.i64(buffer, at + 8);
            srcLow = Net.i64(buffer, at + 16);
            dstHigh = Net.i64(buffer, at + 24);
            dstLow = Net.i64(buffer, at + 32);
            ports(buffer, at + Net.IPV6_HEADER_BYTES, length - Net.IPV6_HEADER_BYTES);
        }
    }

    private void ports(final DirectBuffer buffer, final int at, final int length) {
        if ((protocol == Net.PROTO_UDP || protocol == Net.PROTO_TCP) && length >= 4) {
            ports = Net.u16(buffer, at) | (long) Net.u16(buffer, at + 2) << 16;
        }
    }
}
