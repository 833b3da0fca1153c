package org.qfpsim.controlplane.config.model;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Who we say we are.
 *
 * @param kind    what sort of name.
 * @param name    the name; null for an address, and for a host name that is the router's own.
 * @param address the address; null: the one that the exchange runs over, or a name.
 */
public record LocalIdentity(Kind kind, @Nullable String name, @Nullable IpAddress address) {
    /** The address that the exchange runs over: the default. */
    public static final LocalIdentity ADDRESS = new LocalIdentity(Kind.ADDRESS, null, null);

    /** Sorts of identity. */
    public enum Kind {
        /** An address. */
        ADDRESS,
        /** A host's name; the router's own with its domain if none is given. */
        FQDN,
        /** A user's name. */
        USER_FQDN,
        /** Any octets (IKEv2). */
        KEY_ID
    }
}
