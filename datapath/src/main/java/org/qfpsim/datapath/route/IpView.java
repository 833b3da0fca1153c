package org.qfpsim.datapath.route;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.PolicyTable;

/** The headers of the packet that is being routed, checked and read once (RFC 791, RFC 8200). One object, read anew for each. */
final class IpView {
    private static final int DROP_LENGTH = Verdict.DROP_GLOBAL | GlobalDrop.BAD_LEN.id();
    private static final int DROP_FORMAT = Verdict.DROP_GLOBAL | GlobalDrop.IP_FORMAT_ERR.id();
    private static final int DROP_CHECKSUM = Verdict.DROP_GLOBAL | GlobalDrop.BAD_IP_CHECKSUM.id();
    private static final int DROP_TRUNCATED = Verdict.DROP_GLOBAL | GlobalDrop.IPV6_TRUNCATEDPKTS.id();
    private static final int DROP_EXTENSION = Verdict.DROP_GLOBAL | GlobalDrop.UNKNOWN_EXT_HEADER.id();

    private static final int DF = 0x4000;
    /** More fragments, or an offset. */
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int MAX_EXTENSION_HEADERS = 8;
    private static final int EXTENSION_BYTES = 8;
    private static final int PROTO_SCTP = 132;
    private static final int PROTO_DCCP = 33;

    boolean v6;
    /** Octets of the packet by its own length field. */
    int length;
    int protocol;
    /** Octets from the start of the packet to the upper-layer header. */
    int headerBytes;
    /** Octets from the start of the packet to the octet that names the upper protocol. */
    int protocolField;
    boolean fragment;
    boolean laterFragment;
    boolean df;
    int ttl;
    int trafficClass;
    long srcHigh;
    long srcLow;
    long dstHigh;
    long dstLow;
    /** Source port | destination port &lt;&lt; 16, or -1. */
    long ports;

    /**
     * Reads a packet.
     *
     * @param buffer    where it is.
     * @param at        first octet of its IP header.
     * @param available octets there; more than the packet's length is padding.
     * @return {@link Verdict#NONE}, or why it is none.
     */
    int read(final DirectBuffer buffer, final int at, final int available) {
        if (available < Net.IPV4_HEADER_BYTES) {
            return DROP_LENGTH;
        }
        final int version = Net.u8(buffer, at) >> 4;
        fragment = false;
        laterFragment = false;
        final int verdict = version == 4 ? read4(buffer, at, available) : version == 6 ? read6(buffer, at, available) : DROP_FORMAT;
        if (verdict == Verdict.NONE) {
            final boolean hasPorts = (protocol == Net.PROTO_TCP || protocol == Net.PROTO_UDP || protocol == PROTO_SCTP
                || protocol == PROTO_DCCP) && !fragment && length - headerBytes >= 4;
            ports = hasPorts ? Net.u16(buffer, at + headerBytes) | (long) Net.u16(buffer, at + headerBytes + 2) << 16 : -1;
        }
        return verdict;
    }

    private int read4(final DirectBuffer buffer, final int at, final int available) {
        final int first = Net.i32(buffer, at);
        headerBytes = (first >>> 24 & 15) << 2;
        length = first & 0xffff;
        if (headerBytes < Net.IPV4_HEADER_BYTES || length < headerBytes) {
            return DROP_FORMAT;
        }
        if (length > available) {
            return DROP_LENGTH;
        }
        if (Checksum.sum(buffer, at, headerBytes) != 0xffff) {
            return DROP_CHECKSUM;
        }
        v6 = false;
        trafficClass = first >>> 16 & 0xff;
        final int bits = Net.u16(buffer, at + 6);
        fragment = (bits & FRAGMENT_BITS) != 0;
        laterFragment = (bits & FRAGMENT_OFFSET) != 0;
        df = (bits & DF) != 0;
        ttl = Net.u8(buffer, at + 8);
        protocolField = 9;
        protocol = Net.u8(buffer, at + 9);
        srcHigh = 0;
        srcLow = Net.u32(buffer, at + 12);
        dstHigh = 0;
        dstLow = Net.u32(buffer, at + 16);
        return Verdict.NONE;
    }

    private int read6(final DirectBuffer buffer, final int at, final int available) {
        if (available < Net.IPV6_HEADER_BYTES) {
            return DROP_LENGTH;
        }
        length = Net.u16(buffer, at + 4) + Net.IPV6_HEADER_BYTES;
        if (length > available) {
            return DROP_LENGTH;
        }
        v6 = true;
        trafficClass = Net.i32(buffer, at) >>> 20 & 0xff;
        df = false;
        ttl = Net.u8(buffer, at + 7);
        srcHigh = Net.i64(buffer, at + 8);
        srcLow = Net.i64(buffer, at + 16);
        dstHigh = Net.i64(buffer, at + 24);
        dstLow = Net.i64(buffer, at + 32);
        return walk(buffer, at);
    }

    private int walk(final DirectBuffer buffer, final int at) {
        protocolField = 6;
        headerBytes = Net.IPV6_HEADER_BYTES;
        for (int headers = 0; headers <= MAX_EXTENSION_HEADERS; headers++) {
            protocol = Net.u8(buffer, at + protocolField);
            if (!isExtension(protocol)) {
                return Verdict.NONE;
            }
            if (length - headerBytes < EXTENSION_BYTES) {
                return DROP_TRUNCATED;
            }
            if (protocol == Net.PROTO_FRAGMENT) {
                final int bits = Net.u16(buffer, at + headerBytes + 2);
                if ((bits & 0xfff9) != 0) {
                    fragment = true;
                    laterFragment = (bits & 0xfff8) != 0;
                    protocol = Net.u8(buffer, at + headerBytes);
                    return Verdict.NONE;
                }
            }
            final int bytes = protocol == Net.PROTO_FRAGMENT ? EXTENSION_BYTES : Net.u8(buffer, at + headerBytes + 1) + 1 << 3;
            if (bytes > length - headerBytes) {
                return DROP_TRUNCATED;
            }
            protocolField = headerBytes;
            headerBytes += bytes;
        }
        return DROP_EXTENSION;
    }

    private static boolean isExtension(final int protocol) {
        return protocol == Net.PROTO_HOP_BY_HOP || protocol == Net.PROTO_ROUTING || protocol == Net.PROTO_FRAGMENT
            || protocol == Net.PROTO_DESTINATION_OPTIONS || protocol == Net.PROTO_MOBILITY;
    }

    /** The number of the first rule that covers the packet, or -1. */
    int match(final PolicyTable rules) {
        return rules.match(v6 ? 6 : 4, srcHigh, srcLow, dstHigh, dstLow, protocol, ports);
    }

    /** Whether the destination is a group. */
    boolean toGroup() {
        return v6 ? dstHigh >>> 56 == 0xff : dstLow >>> 28 == 0xe;
    }

    /** Whether the destination is a group of the link, which no router forwards (RFC 5771 section 4, RFC 4291 section 2.7). */
    boolean toLinkGroup() {
        return v6 ? dstHigh >>> 48 == 0xff02 : dstLow >>> 8 == 0xe0_00_00;
    }

    /** Whether nothing may come from this source (RFC 1812 section 5.3.7; RFC 4291 section 2.7 for groups of IPv6). */
    boolean isMartian() {
        if (v6) {
            return srcHigh >>> 56 == 0xff || srcHigh == 0 && srcLow == 1 || dstHigh == 0 && dstLow <= 1 && dstLow >= 0;
        }
        final int source = (int) (srcLow >>> 24);
        return source == 127 || source >= 224 || (dstLow >>> 24) == 127;
    }
}
