package org.qfpsim.datapath.route;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Net;

/**
 * GRE (RFC 2784 section 2) with key and sequence number (RFC 2890 section 2). One object, read anew for each packet.
 *
 * <pre>
 *   C (1) - K (1) S (1) reserved (9) version (3)   protocol type (16)
 *   checksum (16)  reserved (16)    if C           key (32)  if K          sequence number (32)  if S
 * </pre>
 */
final class GreHeader {
    /** Protocol number of GRE. */
    static final int PROTOCOL = 47;
    /** Protocol type of NHRP (RFC 2332 section 5.2.1 names 0x2001). */
    static final int TYPE_NHRP = 0x2001;

    private static final int CHECKSUM = 0x8000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int WORD = 4;
    private static final int DROP_OPTIONS = Verdict.DROP_GLOBAL | GlobalDrop.GRE_BAD_OPTIONS.id();
    private static final int DROP_CHECKSUM = Verdict.DROP_GLOBAL | GlobalDrop.TUNNEL_BAD_GRE_CHECKSUM.id();
    private static final int DROP_LENGTH = Verdict.DROP_GLOBAL | GlobalDrop.BAD_LEN.id();

    int bytes;
    int type;
    /** Key, or {@link TunnelSpec#NO_KEY}. */
    long key;

    /** Reads a header with {@code length} octets behind and including it; {@link Verdict#NONE}, or why it is none. */
    int read(final DirectBuffer buffer, final int at, final int length) {
        if (length < WORD) {
            return DROP_LENGTH;
        }
        final int flags = Net.u16(buffer, at);
        type = Net.u16(buffer, at + 2);
        if ((flags & ~(CHECKSUM | KEY | SEQUENCE)) != 0) {
            // Routing (RFC 1701), or another version: PPTP.
            return DROP_OPTIONS;
        }
        bytes = WORD + ((flags & CHECKSUM) == 0 ? 0 : WORD) + ((flags & KEY) == 0 ? 0 : WORD) + ((flags & SEQUENCE) == 0 ? 0 : WORD);
        if (bytes > length) {
            return DROP_LENGTH;
        }
        key = (flags & KEY) == 0 ? TunnelSpec.NO_KEY : Net.u32(buffer, at + WORD + ((flags & CHECKSUM) == 0 ? 0 : WORD));
        return (flags & CHECKSUM) != 0 && sum(buffer, at, length) != 0xffff ? DROP_CHECKSUM : Verdict.NONE;
    }

    /** Writes the header of a tunnel in front of a payload; {@code length} counts both. */
    static void write(final MutableDirectBuffer buffer, final int at, final int length, final TunnelSpec tunnel, final int protocolType) {
        final boolean keyed = tunnel.key() != TunnelSpec.NO_KEY;
        final int flags = (tunnel.checksum() ? CHECKSUM : 0) | (keyed ? KEY : 0);
        buffer.putInt(at, flags << 16 | protocolType, ByteOrder.BIG_ENDIAN);
        int next = at + WORD;
        if (tunnel.checksum()) {
            buffer.putInt(next, 0);
            next += WORD;
        }
        if (keyed) {
            buffer.putInt(next, (int) tunnel.key(), ByteOrder.BIG_ENDIAN);
        }
        if (tunnel.checksum()) {
            buffer.putShort(at + WORD, (short) ~sum(buffer, at, length), ByteOrder.BIG_ENDIAN);
        }
    }

    /** Folded ones' complement sum of any number of octets (RFC 1071). */
    private static int sum(final DirectBuffer buffer, final int at, final int length) {
        long sum = 0;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            sum += Net.u16(buffer, at + i);
        }
        if (i < length) {
            sum += (long) Net.u8(buffer, at + i) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }
}
