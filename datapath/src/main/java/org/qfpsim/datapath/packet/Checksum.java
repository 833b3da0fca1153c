package org.qfpsim.datapath.packet;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The Internet checksum of an IPv4 header (RFC 1071), whole and incremental (RFC 1624). */
public final class Checksum {
    /** Offset of the checksum field in an IPv4 header. */
    private static final int FIELD = 10;

    private Checksum() {
    }

    /**
     * Folds the ones' complement sum of a header; 0xffff means that its checksum is right.
     *
     * @param buffer the bytes.
     * @param offset start of the header.
     * @param length octets, a multiple of 4.
     * @return the folded sum, 0 to 0xffff.
     */
    public static int sum(final DirectBuffer buffer, final int offset, final int length) {
        long sum = 0;
        for (int i = 0; i < length; i += 4) {
            sum += buffer.getInt(offset + i, ByteOrder.BIG_ENDIAN) & 0xffff_ffffL;
        }
        return fold(sum);
    }

    /**
     * The same for packet memory.
     *
     * @param memory the bytes.
     * @param offset start of the header.
     * @param length octets, a multiple of 4.
     * @return the folded sum, 0 to 0xffff.
     */
    public static int sum(final PacketMemory memory, final int offset, final int length) {
        long sum = 0;
        for (int i = 0; i < length; i += 4) {
            sum += Net.u32(memory, offset + i);
        }
        return fold(sum);
    }

    private static int fold(final long total) {
        long sum = (total & 0xffff_ffffL) + (total >>> 32);
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (int) ((sum & 0xffff) + (sum >>> 16));
    }

    /**
     * Writes the checksum of an IPv4 header.
     *
     * @param buffer the bytes.
     * @param offset start of the header.
     * @param length octets of the header, a multiple of 4.
     */
    public static void write(final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putShort(offset + FIELD, (short) 0);
        buffer.putShort(offset + FIELD, (short) ~sum(buffer, offset, length), ByteOrder.BIG_ENDIAN);
    }

    /**
     * Changes the TOS octet of an IPv4 header and keeps its checksum as right or as wrong as it was (RFC 1624, equation 3).
     *
     * @param buffer the bytes.
     * @param offset start of the header.
     * @param tos    the new octet.
     */
    public static void updateTos(final MutableDirectBuffer buffer, final int offset, final int tos) {
        final int before = Net.u16(buffer, offset);
        buffer.putByte(offset + 1, (byte) tos);
        final int after = Net.u16(buffer, offset);
        int sum = (~Net.u16(buffer, offset + FIELD) & 0xffff) + (~before & 0xffff) + after;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        buffer.putShort(offset + FIELD, (short) ~sum, ByteOrder.BIG_ENDIAN);
    }
}
