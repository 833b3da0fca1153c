package org.qfpsim.datapath.route;

import java.util.Locale;

/**
 * An Ethernet address.
 *
 * @param bits its 48 bits, the first octet on the wire highest.
 */
public record MacAddress(long bits) {
    /** What every station listens to. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /** Checks the range. */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("0x" + Long.toHexString(bits) + " is longer than an Ethernet address");
        }
    }

    /**
     * Reads {@code 0200.0000.0001} or {@code 02:00:00:00:00:01}.
     *
     * @param text twelve hexadecimal digits with dots, colons or hyphens between them.
     * @return the address.
     * @throws IllegalArgumentException if it is not one.
     */
    public static MacAddress parse(final String text) {
        final String digits = text.replaceAll("[.:-]", "");
        if (!digits.matches("[0-9A-Fa-f]{12}")) {
            throw new IllegalArgumentException("'" + text + "' is not an Ethernet address");
        }
        return new MacAddress(Long.parseLong(digits, 16));
    }

    /** Whether it is for a group of stations or for all. */
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    /** As the platform prints it: {@code 0200.0000.0001}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04x.%04x.%04x", bits >>> 32, bits >>> 16 & 0xffff, bits & 0xffff);
    }
}
