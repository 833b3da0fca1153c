package org.qfpsim.datapath.reassembly;

import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;

/** Cuts an IP packet into fragments: IPv4 by RFC 791 section 3.2, IPv6 by RFC 8200 section 4.5 (for what this router itself sends). */
public final class Fragmenter {
    private static final int FRAGMENT_HEADER_BYTES = 8;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int COPIED = 0x80;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOP = 1;
    private static final int MAX_IPV4_HEADER = 60;

    private static final int MAX_PACKET = 65_535;

    /** Empty until there is something to cut: many a router never has. */
    private final UnsafeBuffer out = new UnsafeBuffer(0, 0);
    private final byte[] laterHeader = new byte[MAX_IPV4_HEADER];
    private int identification;

    /** Takes the fragments in order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one.
         *
         * @param buffer where it is; reused for the next.
         * @param offset first octet of its IP header.
         * @param length octets.
         * @return false to stop.
         */
        boolean fragment(UnsafeBuffer buffer, int offset, int length);
    }

    /**
     * Cuts a packet.
     *
     * @param in     where it is.
     * @param from   first octet of its IP header; IPv6 without extension headers.
     * @param length octets.
     * @param mtu    most octets of a fragment, at least 68 (1,280 for IPv6).
     * @param sink   takes the fragments.
     * @return how many the sink took, negative if it stopped before the last.
     */
    public int cut(final DirectBuffer in, final int from, final int length, final int mtu, final Sink sink) {
        if (out.capacity() == 0) {
            out.wrap(BufferUtil.allocateDirectAligned(MAX_PACKET, 64));
        }
        return Net.u8(in, from) >> 4 == 4 ? cut4(in, from, length, mtu, sink) : cut6(in, from, length, mtu, sink);
    }

    private int cut4(final DirectBuffer in, final int from, final int length, final int mtu, final Sink sink) {
        final int firstHeader = (Net.u8(in, from) & 15) << 2;
        final int laterBytes = copyLaterHeader(in, from, firstHeader);
        final int bits = Net.u16(in, from + 6);
        final int base = bits & 0x1fff;
        int header = firstHeader;
        int done = 0;
        int count = 0;
        final int payload = length - firstHeader;
        while (done < payload) {
            final int rest = payload - done;
            final int bytes = header + rest <= mtu ? rest : mtu - header & ~7;
            if (done == 0) {
                out.putBytes(0, in, from, header);
            } else {
                out.putBytes(0, laterHeader, 0, header);
            }
            final boolean more = bytes < rest || (bits & MORE_FRAGMENTS) != 0;
            out.putShort(2, (short) (header + bytes), ByteOrder.BIG_ENDIAN);
            out.putShort(6, (short) (base + (done >> 3) | (more ? MORE_FRAGMENTS : 0)), ByteOrder.BIG_ENDIAN);
            out.putBytes(header, in, from + firstHeader + done, bytes);
            Checksum.write(out, 0, header);
            if (!sink.fragment(out, 0, header + bytes)) {
                return -count;
            }
            count++;
            done += bytes;
            header = laterBytes;
        }
        return count;
    }

    /** The header of all fragments but the first has only the options that say so (RFC 791 section 3.1). */
    private int copyLaterHeader(final DirectBuffer in, final int from, final int headerBytes) {
        in.getBytes(from, laterHeader, 0, Net.IPV4_HEADER_BYTES);
        int at = Net.IPV4_HEADER_BYTES;
        int laterBytes = Net.IPV4_HEADER_BYTES;
        while (at < headerBytes) {
            final int type = Net.u8(in, from + at);
            if (type == OPTION_END) {
                break;
            }
            final int bytes = type == OPTION_NOP || at + 1 >= headerBytes ? 1 : Math.max(1, Net.u8(in, from + at + 1));
            if ((type & COPIED) != 0 && at + bytes <= headerBytes) {
                in.getBytes(from + at, laterHeader, laterBytes, bytes);
                laterBytes += bytes;
            }
            at += bytes;
        }
        while ((laterBytes & 3) != 0) {
            laterHeader[laterBytes++] = OPTION_END;
        }
        laterHeader[0] = (byte) (0x40 | laterBytes >> 2);
        return laterBytes;
    }

    private int cut6(final DirectBuffer in, final int from, final int length, final int mtu, final Sink sink) {
        final int header = Net.IPV6_HEADER_BYTES;
        final int payload = length - header;
        final int room = mtu - header - FRAGMENT_HEADER_BYTES & ~7;
        identification++;
        int count = 0;
        for (int done = 0; done < payload; done += room) {
            final int bytes = Math.min(room, payload - done);
            out.putBytes(0, in, from, header);
            out.putShort(4, (short) (FRAGMENT_HEADER_BYTES + bytes), ByteOrder.BIG_ENDIAN);
            out.putByte(6, (byte) Net.PROTO_FRAGMENT);
            out.putByte(header, in.getByte(from + 6));
            out.putByte(header + 1, (byte) 0);
            out.putShort(header + 2, (short) (done | (done + bytes < payload ? 1 : 0)), ByteOrder.BIG_ENDIAN);
            out.putInt(header + 4, identification, ByteOrder.BIG_ENDIAN);
            out.putBytes(header + FRAGMENT_HEADER_BYTES, in, from + header + done, bytes);
            if (!sink.fragment(out, 0, header + FRAGMENT_HEADER_BYTES + bytes)) {
                return -count;
            }
            count++;
        }
        return count;
    }
}
