package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/** IPv6 header and its extension headers (RFC 8200 section 4) up to the upper-layer protocol; what they say goes into the slot. */
final class Ipv6Input {
    private static final int DROP_TRUNCATED = Verdict.DROP_GLOBAL | GlobalDrop.IPV6_TRUNCATEDPKTS.id();
    private static final int DROP_FORMAT = Verdict.DROP_GLOBAL | GlobalDrop.IP_FORMAT_ERR.id();
    private static final int DROP_LENGTH = Verdict.DROP_GLOBAL | GlobalDrop.BAD_LEN.id();
    private static final int DROP_EXTENSION = Verdict.DROP_GLOBAL | GlobalDrop.UNKNOWN_EXT_HEADER.id();

    /** More than any sane packet has; bounds the walk. */
    private static final int MAX_EXTENSION_HEADERS = 8;
    private static final int FRAGMENT_HEADER_BYTES = 8;
    /** Offset and more-fragments bit of a fragment header. */
    private static final int FRAGMENT_BITS = 0xfff9;

    private Ipv6Input() {
    }

    /** Answers as {@link Ipv4Input#parse}. For a fragment, {@link Slot#L4_OFFSET} is that of the fragment header. */
    static int parse(final PacketMemory ring, final long slot) {
        final int l3 = ring.getInt(slot + Slot.L3_OFFSET);
        final int available = ring.getInt(slot + Slot.L3_LENGTH);
        if (available < Net.IPV6_HEADER_BYTES) {
            return decide(ring, slot, DROP_LENGTH);
        }
        final int first = Net.i32(ring, l3);
        final int total = Net.u16(ring, l3 + 4) + Net.IPV6_HEADER_BYTES;
        if (first >>> 28 != 6) {
            return decide(ring, slot, DROP_FORMAT);
        }
        if (total > available) {
            return decide(ring, slot, DROP_LENGTH);
        }
        ring.putInt(slot + Slot.L3_LENGTH, total);
        ring.putByte(slot + Slot.IP_VERSION, (byte) 6);
        ring.putByte(slot + Slot.OUTER_ECN, (byte) (first >>> 20 & 3));
        ring.putLong(slot + Slot.SRC_HIGH, Net.i64(ring, l3 + 8));
        ring.putLong(slot + Slot.SRC_LOW, Net.i64(ring, l3 + 16));
        ring.putLong(slot + Slot.DST_HIGH, Net.i64(ring, l3 + 24));
        ring.putLong(slot + Slot.DST_LOW, Net.i64(ring, l3 + 32));
        return walk(ring, slot, l3, l3 + total);
    }

    private static int walk(final PacketMemory ring, final long slot, final int l3, final int end) {
        int field = l3 + 6;
        int at = l3 + Net.IPV6_HEADER_BYTES;
        for (int headers = 0; headers <= MAX_EXTENSION_HEADERS; headers++) {
            final int next = Net.u8(ring, field);
            if (!isExtension(next)) {
                return found(ring, slot, field, next, at, Ipv4Input.WHOLE);
            }
            if (end - at < FRAGMENT_HEADER_BYTES) {
                return decide(ring, slot, DROP_TRUNCATED);
            }
            if (next == Net.PROTO_FRAGMENT) {
                if ((Net.u16(ring, at + 2) & FRAGMENT_BITS) != 0) {
                    return found(ring, slot, field, Net.u8(ring, at), at, Ipv4Input.FRAGMENT);
                }
                // An atomic fragment (RFC 6946) is a whole packet.
                field = at;
                at += FRAGMENT_HEADER_BYTES;
                continue;
            }
            final int length = Net.u8(ring, at + 1) + 1 << 3;
            if (length > end - at) {
                return decide(ring, slot, DROP_TRUNCATED);
            }
            field = at;
            at += length;
        }
        return decide(ring, slot, DROP_EXTENSION);
    }

    private static boolean isExtension(final int protocol) {
        return protocol == Net.PROTO_HOP_BY_HOP || protocol == Net.PROTO_ROUTING || protocol == Net.PROTO_FRAGMENT
            || protocol == Net.PROTO_DESTINATION_OPTIONS || protocol == Net.PROTO_MOBILITY;
    }

    private static int found(final PacketMemory ring, final long slot, final int field, final int protocol, final int at,
                             final int answer) {
        ring.putInt(slot + Slot.PROTOCOL_FIELD, field);
        ring.putByte(slot + Slot.PROTOCOL, (byte) protocol);
        ring.putInt(slot + Slot.L4_OFFSET, at);
        return answer;
    }

    private static int decide(final PacketMemory ring, final long slot, final int verdict) {
        ring.putInt(slot + Slot.VERDICT, verdict);
        return Ipv4Input.DECIDED;
    }
}
