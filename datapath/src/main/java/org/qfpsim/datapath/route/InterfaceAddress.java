package org.qfpsim.datapath.route;

import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * An address of an interface, with the network that is reached through it.
 *
 * @param address      the router's own.
 * @param prefixLength 1 to 32, or 1 to 128; of the whole length if nothing else is on the network.
 */
public record InterfaceAddress(IpAddress address, int prefixLength) {
    /** fe80::/10. */
    private static final long LINK_LOCAL = 0xfe80L >>> 6;

    /** Checks the length. */
    public InterfaceAddress {
        if (prefixLength < 1 || prefixLength > address.bits()) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " of " + address + " is not within 1 to "
                + address.bits());
        }
    }

    /**
     * Reads {@code 10.1.1.1/24}.
     *
     * @param text an address and a prefix length.
     * @return both.
     */
    public static InterfaceAddress parse(final String text) {
        final int slash = text.indexOf('/');
        if (slash < 0) {
            final IpAddress host = IpAddress.parse(text);
            return new InterfaceAddress(host, host.bits());
        }
        return new InterfaceAddress(IpAddress.parse(text.substring(0, slash)), IpPrefix.parse(text).length());
    }

    /** The network. */
    public IpPrefix prefix() {
        return new IpPrefix(address, prefixLength);
    }

    /** Whether it only means something on its own link (RFC 4291 section 2.5.6): no route leads there. */
    public boolean isLinkLocal() {
        return address.v6() && address.high() >>> 54 == LINK_LOCAL;
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
