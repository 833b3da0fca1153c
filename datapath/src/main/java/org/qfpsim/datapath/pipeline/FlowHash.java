package org.qfpsim.datapath.pipeline;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.Net;

/**
 * The classifier of {@link DispatchPolicy#FLOW_HASH}: addresses, and ports of whole TCP and UDP packets. It only spreads packets; what it
 * cannot read hashes to the same engine, and nothing depends on its answer but the load.
 */
final class FlowHash {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int FRAGMENT_BITS = 0x3fff;

    private FlowHash() {
    }

    /** A hash from 0 to 2^31-1. */
    static int of(final DirectBuffer source, final int offset, final int length, final int linkType) {
        int at = offset;
        final int end = offset + length;
        if (linkType == LinkLayer.ETHERNET) {
            at += 14;
            while (end - at >= 4 && isTag(Net.u16(source, at - 2))) {
                at += 4;
            }
        } else if (linkType == LinkLayer.LINUX_SLL) {
            at += 16;
        } else if (linkType == LinkLayer.LINUX_SLL2) {
            at += 20;
        }
        if (end - at < Net.IPV4_HEADER_BYTES) {
            return 0;
        }
        final int version = Net.u8(source, at) >> 4;
        long hash = 0;
        if (version == 4) {
            hash = Net.i64(source, at + 12) + ports4(source, at, end);
        } else if (version == 6 && end - at >= Net.IPV6_HEADER_BYTES) {
            hash = (Net.i64(source, at + 8) * 31 + Net.i64(source, at + 16)) * 31 + Net.i64(source, at + 24) * 31 + Net.i64(source, at + 32)
                + ports(source, Net.u8(source, at + 6), at + Net.IPV6_HEADER_BYTES, end);
        }
        return (int) (hash * GOLDEN >>> 33);
    }

    private static boolean isTag(final int ethertype) {
        return ethertype == Net.ETHERTYPE_VLAN || ethertype == Net.ETHERTYPE_QINQ;
    }

    private static long ports4(final DirectBuffer source, final int at, final int end) {
        return (Net.u16(source, at + 6) & FRAGMENT_BITS) != 0
            ? 0
            : ports(source, Net.u8(source, at + 9), at + ((Net.u8(source, at) & 15) << 2), end);
    }

    private static long ports(final DirectBuffer source, final int protocol, final int l4, final int end) {
        return (protocol == Net.PROTO_TCP || protocol == Net.PROTO_UDP) && end - l4 >= 4 ? Net.i32(source, l4) * 31L : 0;
    }
}
