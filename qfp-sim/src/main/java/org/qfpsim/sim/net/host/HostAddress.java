package org.qfpsim.sim.net.host;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * An address of an interface.
 *
 * @param address the address itself.
 * @param length  leading bits that its neighbours share with it, 0 to 32 or 0 to 128.
 * @param gateway where everything else goes; null: nowhere.
 */
public record HostAddress(IpAddress address, int length, @Nullable IpAddress gateway) {
    /**
     * Checks the length and that the gateway is of the same family.
     *
     * @throws IllegalArgumentException if they do not fit.
     */
    public HostAddress {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0 to " + address.bits());
        }
        if (gateway != null && gateway.v6() != address.v6()) {
            throw new IllegalArgumentException("gateway " + gateway + " and " + address + " are of different families");
        }
    }

    /**
     * Reads {@code 10.1.0.10/24}.
     *
     * @param text    an address and a prefix length.
     * @param gateway null if there is none.
     * @return the address.
     * @throws IllegalArgumentException if it is not one.
     */
    public static HostAddress parse(final String text, final @Nullable IpAddress gateway) {
        final int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length");
        }
        final int length = IpPrefix.parse(text).length();
        return new HostAddress(IpAddress.parse(text.substring(0, slash)), length, gateway);
    }

    /** Who gets a packet for a destination; null if nobody is known. */
    @Nullable IpAddress nextHop(final IpAddress destination) {
        if (destination.v6() != address.v6()) {
            return null;
        }
        return new IpPrefix(destination, length).equals(new IpPrefix(address, length)) ? destination : gateway;
    }
}
