package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/** IPv4 header (RFC 791): version, lengths, options and checksum; what it says goes into the slot. */
final class Ipv4Input {
    /** Neither a fragment nor an error. */
    static final int WHOLE = 0;
    /** A fragment. */
    static final int FRAGMENT = 1;
    /** A verdict was set. */
    static final int DECIDED = 2;

    private static final int DROP_FORMAT = Verdict.DROP_GLOBAL | GlobalDrop.IP_FORMAT_ERR.id();
    private static final int DROP_LENGTH = Verdict.DROP_GLOBAL | GlobalDrop.BAD_LEN.id();
    private static final int DROP_CHECKSUM = Verdict.DROP_GLOBAL | GlobalDrop.BAD_IP_CHECKSUM.id();
    private static final int DROP_OPTIONS = Verdict.DROP_GLOBAL | GlobalDrop.IP_BAD_OPTIONS.id();

    /** More fragments, or an offset. */
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOP = 1;

    private Ipv4Input() {
    }

    static int parse(final PacketMemory ring, final long slot) {
        final int l3 = ring.getInt(slot + Slot.L3_OFFSET);
        final int available = ring.getInt(slot + Slot.L3_LENGTH);
        if (available < Net.IPV4_HEADER_BYTES) {
            return decide(ring, slot, DROP_LENGTH);
        }
        final int first = Net.i32(ring, l3);
        final int headerBytes = (first >>> 24 & 15) << 2;
        final int total = first & 0xffff;
        if (first >>> 28 != 4 || headerBytes < Net.IPV4_HEADER_BYTES || total < headerBytes) {
            return decide(ring, slot, DROP_FORMAT);
        }
        if (total > available) {
            return decide(ring, slot, DROP_LENGTH);
        }
        if (!Checksum.isRight(ring, l3, headerBytes)) {
            return decide(ring, slot, DROP_CHECKSUM);
        }
        if (headerBytes > Net.IPV4_HEADER_BYTES && !optionsAreWhole(ring, l3 + Net.IPV4_HEADER_BYTES, l3 + headerBytes)) {
            return decide(ring, slot, DROP_OPTIONS);
        }
        ring.putInt(slot + Slot.L3_LENGTH, total);
        ring.putInt(slot + Slot.L4_OFFSET, l3 + headerBytes);
        ring.putByte(slot + Slot.IP_VERSION, (byte) 4);
        ring.putByte(slot + Slot.PROTOCOL, ring.getByte(l3 + 9));
        ring.putByte(slot + Slot.OUTER_ECN, (byte) (first >>> 16 & 3));
        ring.putInt(slot + Slot.PROTOCOL_FIELD, l3 + 9);
        ring.putLong(slot + Slot.SRC_HIGH, 0);
        ring.putLong(slot + Slot.SRC_LOW, Net.u32(ring, l3 + 12));
        ring.putLong(slot + Slot.DST_HIGH, 0);
        ring.putLong(slot + Slot.DST_LOW, Net.u32(ring, l3 + 16));
        return (Net.u16(ring, l3 + 6) & FRAGMENT_BITS) == 0 ? WHOLE : FRAGMENT;
    }

    /** Options are walked, not obeyed: each must have a length that stays within the header (RFC 791 section 3.1). */
    private static boolean optionsAreWhole(final PacketMemory ring, final int start, final int end) {
        int at = start;
        while (at < end) {
            final int type = Net.u8(ring, at);
            if (type == OPTION_END) {
                return true;
            }
            if (type == OPTION_NOP) {
                at++;
                continue;
            }
            final int length = at + 1 < end ? Net.u8(ring, at + 1) : 0;
            if (length < 2 || length > end - at) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int decide(final PacketMemory ring, final long slot, final int verdict) {
        ring.putInt(slot + Slot.VERDICT, verdict);
        return DECIDED;
    }
}
