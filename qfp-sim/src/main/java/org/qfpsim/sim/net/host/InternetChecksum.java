package org.qfpsim.sim.net.host;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/** The Internet checksum (RFC 1071) over messages of any length, with pseudo headers (RFC 768, RFC 8200 section 8.1), and its update. */
public final class InternetChecksum {
    private static final int MASK = 0xffff;

    private InternetChecksum() {
    }

    /**
     * The sum of 16-bit words, not complemented; an odd last octet counts as the first of a word.
     *
     * @param buffer has them.
     * @param offset of the first octet.
     * @param length octets.
     * @return the sum.
     */
    public static long sum(final DirectBuffer buffer, final int offset, final int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += Net.u16(buffer, offset + i);
        }
        return (length & 1) == 0 ? sum : sum + (Net.u8(buffer, offset + length - 1) << 8);
    }

    static long pseudoHeader(final IpAddress source, final IpAddress destination, final int protocol, final int length) {
        return words(source.high()) + words(source.low()) + words(destination.high()) + words(destination.low()) + protocol + length;
    }

    private static long words(final long value) {
        return (value >>> 48) + (value >>> 32 & MASK) + (value >>> 16 & MASK) + (value & MASK);
    }

    /**
     * Folds and complements.
     *
     * @param total a sum.
     * @return the checksum.
     */
    public static int finish(final long total) {
        long sum = total;
        while (sum > MASK) {
            sum = (sum & MASK) + (sum >>> 16);
        }
        return (int) (~sum & MASK);
    }

    /** RFC 1624, equation 3: the checksum after words with one sum were replaced by words with another. */
    static int update(final int checksum, final long before, final long after) {
        // finish() complements: of the sum of the old words that is the ~m of the equation.
        return finish((~checksum & MASK) + finish(before) + after);
    }
}
