package org.qfpsim.controlplane.ike;

import java.nio.charset.StandardCharsets;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Who a peer says it is (RFC 2407 section 4.6.2.1, RFC 7296 section 3.5; the numbers are the same for those used here).
 *
 * @param type  1 IPv4 address, 2 FQDN, 3 user FQDN, 5 IPv6 address, 11 key id.
 * @param value the octets as they are on the wire.
 */
public record IkeIdentity(int type, byte[] value) {
    /** IPv4 address. */
    public static final int IPV4 = 1;
    /** Fully qualified domain name. */
    public static final int FQDN = 2;
    /** User name at a domain. */
    public static final int USER_FQDN = 3;
    /** IPv6 address. */
    public static final int IPV6 = 5;
    /** Key id, such as an EzVPN group name. */
    public static final int KEY_ID = 11;

    /**
     * An address as identity.
     *
     * @param address the address.
     * @return the identity.
     */
    public static IkeIdentity of(final IpAddress address) {
        return new IkeIdentity(address.v6() ? IPV6 : IPV4, address.octets());
    }

    /**
     * A name as identity.
     *
     * @param type {@link #FQDN}, {@link #USER_FQDN} or {@link #KEY_ID}.
     * @param text the name.
     * @return the identity.
     */
    public static IkeIdentity of(final int type, final String text) {
        return new IkeIdentity(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The address or name; hexadecimal if it is neither. */
    public String text() {
        return switch (type) {
            case IPV4, IPV6 -> value.length == 4 || value.length == 16 ? IpAddress.of(value).toString() : hex();
            case FQDN, USER_FQDN, KEY_ID -> new String(value, StandardCharsets.UTF_8);
            default -> hex();
        };
    }

    private String hex() {
        return java.util.HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof IkeIdentity that && type == that.type && java.util.Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + java.util.Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return text();
    }
}
