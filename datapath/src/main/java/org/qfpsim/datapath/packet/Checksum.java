package org.qfpsim.datapath.packet;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The Internet checksum of an IPv4 header (RFC 1071), whole and incremental (RFC 1624). */
public final class Checksum {
    /** Offset of the checksum field in an IPv4 header. */
    private static final int FIELD = 10;
    private static final int TTL = 8;
    private static final int RIGHT = 0xffff;

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
        return fold(total(buffer, offset, length));
    }

    private static long total(final DirectBuffer buffer, final int offset, final int length) {
        long sum = 0;
        for (int i = 0; i < length; i += 4) {
            sum += buffer.getInt(offset + i, ByteOrder.BIG_ENDIAN) & 0xffff_ffffL;
        }
        return sum;
    }

    /**
     * Whether the checksum of a header is right. The sum is taken in the byte order of the machine: that swaps the octets of the result
     * (RFC 1071 section 2B), and those of the right one, 0xffff, are equal.
     *
     * @param memory the bytes.
     * @param offset start of the header.
     * @param length octets, a multiple of 4, from 20.
     * @return true if it is.
     */
    public static boolean isRight(final PacketMemory memory, final int offset, final int length) {
        long sum = low(memory.getInt(offset)) + low(memory.getInt(offset + 4)) + low(memory.getInt(offset + 8))
            + low(memory.getInt(offset + 12)) + low(memory.getInt(offset + 16));
        for (int i = Net.IPV4_HEADER_BYTES; i < length; i += 4) {
            sum += low(memory.getInt(offset + i));
        }
        return fold(sum) == RIGHT;
    }

    private static long low(final int word) {
        return word & 0xffff_ffffL;
    }

    /**
     * Carries a ones' complement sum over into 16 bits.
     *
     * @param total of words of 16 or 32 bits.
     * @return 0 to 0xffff; its complement is the checksum.
     */
    public static int fold(final long total) {
        long sum = (total & 0xffff_ffffL) + (total >>> 32);
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (int) ((sum & 0xffff) + (sum >>> 16));
    }

    /**
     * Writes the checksum of an IPv4 header. What the field holds is left out of the sum, and not overwritten first: a word that was just
     * written in two pieces is waited for.
     *
     * @param buffer the bytes.
     * @param offset start of the header.
     * @param length octets of the header, a multiple of 4.
     */
    public static void write(final MutableDirectBuffer buffer, final int offset, final int length) {
        final long field = Net.u16(buffer, offset + FIELD);
        buffer.putShort(offset + FIELD, (short) ~fold(total(buffer, offset, length) - field), ByteOrder.BIG_ENDIAN);
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
        update(buffer, offset, before, Net.u16(buffer, offset));
    }

    /**
     * Changes the TTL of an IPv4 header and keeps its checksum as right or as wrong as it was (RFC 1624, equation 3).
     *
     * @param buffer the bytes.
     * @param offset start of the header.
     * @param ttl    the new octet.
     */
    public static void updateTtl(final MutableDirectBuffer buffer, final int offset, final int ttl) {
        final int before = Net.u16(buffer, offset + TTL);
        buffer.putByte(offset + TTL, (byte) ttl);
        update(buffer, offset, before, Net.u16(buffer, offset + TTL));
    }

    private static void update(final MutableDirectBuffer buffer, final int offset, final int before, final int after) {
        int sum = (~Net.u16(buffer, offset + FIELD) & 0xffff) + (~before & 0xffff) + after;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        buffer.putShort(offset + FIELD, (short) ~sum, ByteOrder.BIG_ENDIAN);
    }
}
