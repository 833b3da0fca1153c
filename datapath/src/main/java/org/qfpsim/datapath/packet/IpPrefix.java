package org.qfpsim.datapath.packet;

/**
 * A range of addresses: an address and how many of its leading bits count.
 *
 * @param address the network address; bits behind the prefix are 0.
 * @param length  0 to 32, or 0 to 128.
 */
public record IpPrefix(IpAddress address, int length) {
    /** Checks the length and clears the host bits. */
    public IpPrefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0 to " + address.bits());
        }
        address = new IpAddress(address.v6(),
            address.high() & maskHigh(address.v6(), length), address.low() & maskLow(address.v6(), length));
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @param text the prefix.
     * @return the prefix.
     * @throws IllegalArgumentException if it is not one.
     */
    public static IpPrefix parse(final String text) {
        final int slash = text.indexOf('/');
        if (slash < 0) {
            final IpAddress host = IpAddress.parse(text);
            return new IpPrefix(host, host.bits());
        }
        final String digits = text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' is not an address prefix");
        }
        return new IpPrefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(digits));
    }

    /**
     * Every address of a family.
     *
     * @param v6 the family.
     * @return the prefix of length 0.
     */
    public static IpPrefix any(final boolean v6) {
        return new IpPrefix(new IpAddress(v6, 0, 0), 0);
    }

    /** The mask of the first 64 bits. */
    public long maskHigh() {
        return maskHigh(address.v6(), length);
    }

    /** The mask of the last 64 bits. */
    public long maskLow() {
        return maskLow(address.v6(), length);
    }

    private static long maskHigh(final boolean v6, final int length) {
        return v6 && length > 0 ? -1L << 64 - Math.min(length, 64) : 0;
    }

    private static long maskLow(final boolean v6, final int length) {
        final int bits = v6 ? length - 64 : length + 32;
        return bits <= 0 || !v6 && length == 0 ? 0 : v6 ? -1L << 64 - bits : -1L << 64 - bits & 0xffff_ffffL;
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
