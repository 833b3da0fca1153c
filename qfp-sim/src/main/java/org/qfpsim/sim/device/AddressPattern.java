package org.qfpsim.sim.device;

import java.util.regex.Pattern;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * An address in which bits may be left open, as Wireshark's table writes it: {@code *}; IPv4 with {@code *} for whole octets
 * ({@code 192.168.*.*}); IPv6 with {@code *} for single hex digits ({@code 2001:db8::**}); either with a prefix length.
 *
 * @param value    the fixed bits; its family is that of the pattern.
 * @param maskHigh which of the first 64 bits are fixed.
 * @param maskLow  which of the last 64 bits are fixed; of an IPv4 address the low 32.
 */
record AddressPattern(IpAddress value, long maskHigh, long maskLow) {
    private static final Pattern IPV4 = Pattern.compile("(\\*|\\d{1,3})(\\.(\\*|\\d{1,3})){3}(/\\d{1,2})?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.*]{2,45}(/\\d{1,3})?");

    /** Every address of a family. */
    static AddressPattern any(final boolean v6) {
        return new AddressPattern(new IpAddress(v6, 0, 0), 0, 0);
    }

    /**
     * Reads a pattern.
     *
     * @param text as in the table.
     * @param v6   the family that the line names.
     * @return the pattern.
     * @throws IllegalArgumentException if it is none of that family; without a message of use.
     */
    static AddressPattern parse(final String text, final boolean v6) {
        if (text.equals("*")) {
            return any(v6);
        }
        if (!(v6 ? IPV6 : IPV4).matcher(text).matches()) {
            throw new IllegalArgumentException("not an address pattern");
        }
        final int slash = text.indexOf('/');
        final String address = slash < 0 ? text : text.substring(0, slash);
        // The open digits are those that differ between the lowest and the highest address.
        final IpAddress lowest = IpAddress.parse(address.replace("*", "0"));
        final IpAddress highest = IpAddress.parse(address.replace("*", v6 ? "f" : "255"));
        if (lowest.v6() != v6) {
            throw new IllegalArgumentException("of the other family");
        }
        final IpPrefix prefix = new IpPrefix(lowest, slash < 0 ? lowest.bits() : Integer.parseInt(text.substring(slash + 1)));
        return new AddressPattern(prefix.address(), ~(lowest.high() ^ highest.high()) & prefix.maskHigh(),
            ~(lowest.low() ^ highest.low()) & prefix.maskLow());
    }

    boolean matches(final IpAddress address) {
        return address.v6() == value.v6() && ((address.high() ^ value.high()) & maskHigh) == 0
            && ((address.low() ^ value.low()) & maskLow) == 0;
    }

    /** Whether only one address matches. */
    boolean exact() {
        return value.v6() ? (maskHigh & maskLow) == -1 : (maskLow & 0xffff_ffffL) == 0xffff_ffffL;
    }
}
