package org.qfpsim.datapath.packet;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address as two longs, as the datapath compares it.
 *
 * @param v6   whether it is an IPv6 address.
 * @param high the first 64 bits; 0 for IPv4.
 * @param low  the last 64 bits; an IPv4 address is in the low 32.
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {
    /**
     * Reads a literal; never asks a name server.
     *
     * @param text such as {@code 20.1.1.2} or {@code 2001:db8::1}.
     * @return the address.
     * @throws IllegalArgumentException if it is not an address literal.
     */
    public static IpAddress parse(final String text) {
        final boolean colon = text.indexOf(':') >= 0;
        if (!text.matches(colon ? "[0-9A-Fa-f:.]{2,45}" : "\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 or IPv6 address");
        }
        try {
            // Not getByName: that asks a name server about 1.2.3.999.
            return of(InetAddress.ofLiteral(text).getAddress());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 or IPv6 address", e);
        }
    }

    /**
     * From network-order octets.
     *
     * @param octets 4 or 16 of them.
     * @return the address.
     */
    public static IpAddress of(final byte[] octets) {
        final ByteBuffer buffer = ByteBuffer.wrap(octets);
        return octets.length == 4
            ? v4(buffer.getInt())
            : new IpAddress(true, buffer.getLong(), buffer.getLong());
    }

    /**
     * An IPv4 address.
     *
     * @param bits the address in host order.
     * @return the address.
     */
    public static IpAddress v4(final int bits) {
        return new IpAddress(false, 0, Integer.toUnsignedLong(bits));
    }

    /** Bits of an address of this family: 32 or 128. */
    public int bits() {
        return v6 ? 128 : 32;
    }

    /** Network-order octets, 4 or 16. */
    public byte[] octets() {
        return v6
            ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
            : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    @Override
    public int compareTo(final IpAddress other) {
        final int family = Boolean.compare(v6, other.v6);
        final int first = family != 0 ? family : Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** The usual text: dotted decimal, or RFC 5952 for IPv6. */
    @Override
    public String toString() {
        if (!v6) {
            return (low >>> 24 & 255) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
        }
        final int[] groups = new int[8];
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0, zeros = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i & 3)) & 0xffff);
            zeros = groups[i] == 0 ? zeros + 1 : 0;
            if (zeros > bestLength) {
                bestLength = zeros;
                bestStart = i - zeros + 1;
            }
        }
        final StringBuilder text = new StringBuilder(40);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append(i == 0 ? "::" : ":");
                i += bestLength - 1;
            } else {
                text.append(Integer.toHexString(groups[i])).append(i < 7 ? ":" : "");
            }
        }
        return text.toString();
    }
}
