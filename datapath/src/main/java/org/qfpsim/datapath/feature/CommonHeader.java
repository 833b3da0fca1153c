package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/** What the headers of the common packet look like: Ethernet without a tag, IPv4 without options, whole, ESP. */
final class CommonHeader {
    static final int ETHERNET = 14;
    /** Source and destination, in the slot. */
    static final int ADDRESSES = Slot.FRAME + 26;
    static final int L4 = ETHERNET + Net.IPV4_HEADER_BYTES;
    /** Ethertype IPv4 and version 4 with a header of five words, read at offset 12 of the frame, least octet first. */
    static final long IPV4_WITHOUT_OPTIONS = 0x45_00_08L;
    static final long IPV4_WITHOUT_OPTIONS_MASK = 0xff_ff_ffL;
    /** More fragments, fragment offset and protocol, read at offset 6 of the IP header, and what they are for ESP that is no fragment. */
    static final long WHOLE_ESP_MASK = 0xff00_ff3fL;
    static final long WHOLE_ESP = (long) Net.PROTO_ESP << 24;
    /** Each 16 bits one: (2^64 - 1) / 0xffff, and the negative of 0xffff's inverse modulo 2^64. */
    private static final long ONES = 0x0001_0001_0001_0001L;

    private CommonHeader() {
    }

    /** Octets of a whole IPv4 packet with ESP and nothing special; -1 if the frame is anything else. */
    static int wholeEsp(final PacketMemory memory, final long slot) {
        return wholeEsp(memory, slot, memory.getLong(slot + ADDRESSES));
    }

    /** The same of a frame whose {@link #ADDRESSES} somebody has read. */
    static int wholeEsp(final PacketMemory memory, final long slot, final long addresses) {
        final long frame = slot + Slot.FRAME;
        final long lengths = memory.getLong(slot + Slot.FRAME_LENGTH);
        final int length = (int) lengths;
        if (length < L4 + EspSuite.ESP_HEADER_BYTES || length != (int) (lengths >>> 32)
            || memory.getInt(slot + Slot.LINK_TYPE) != LinkLayer.ETHERNET) {
            return -1;
        }
        final long start = memory.getLong(frame + 12);
        final long middle = memory.getLong(frame + 20);
        final int total = Integer.reverseBytes((int) (start >>> 16)) & 0xffff;
        final boolean common = (start & IPV4_WITHOUT_OPTIONS_MASK) == IPV4_WITHOUT_OPTIONS && (middle & WHOLE_ESP_MASK) == WHOLE_ESP
            && total <= length - ETHERNET && total >= Net.IPV4_HEADER_BYTES + EspSuite.ESP_HEADER_BYTES
            && isMultiple((start >>> 16) + (middle & 0xffff_ffffL) + (middle >>> 32 & 0xffff)
                + (addresses & 0xffff_ffffL) + (addresses >>> 32));
        return common ? total : -1;
    }

    /**
     * Whether a sum of 16-bit words, carried over into 64 bits, is a multiple of 0xffff, as that of a header with the right checksum is
     * (RFC 1071). A multiple, times the divisor's inverse, is the quotient; any other number comes out larger than every quotient.
     */
    static boolean isMultiple(final long sum) {
        return Long.compareUnsigned(-sum * ONES, ONES) <= 0;
    }
}
