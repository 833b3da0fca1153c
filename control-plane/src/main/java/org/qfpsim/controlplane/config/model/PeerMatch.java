package org.qfpsim.controlplane.config.model;

import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** Which peers a key or a profile is for. */
public sealed interface PeerMatch {
    /**
     * By address.
     *
     * @param prefix addresses; of length 0 for all of a family.
     */
    record Address(IpPrefix prefix) implements PeerMatch {
        @Override
        public boolean matches(final IkeIdentity identity) {
            return (identity.type() == IkeIdentity.IPV4 || identity.type() == IkeIdentity.IPV6)
                && identity.value().length == prefix.address().bits() / Byte.SIZE
                && new IpPrefix(IpAddress.of(identity.value()), prefix.length()).equals(prefix);
        }
    }

    /**
     * By name.
     *
     * @param type one of {@link IkeIdentity#FQDN}, {@link IkeIdentity#USER_FQDN}, {@link IkeIdentity#KEY_ID}.
     * @param name the whole name.
     */
    record Name(int type, String name) implements PeerMatch {
        @Override
        public boolean matches(final IkeIdentity identity) {
            return identity.equals(IkeIdentity.of(type, name));
        }
    }

    /**
     * By domain: every name that ends in it.
     *
     * @param type   {@link IkeIdentity#FQDN} or {@link IkeIdentity#USER_FQDN}.
     * @param domain behind a point (FQDN) or behind the at sign (user).
     */
    record Domain(int type, String domain) implements PeerMatch {
        @Override
        public boolean matches(final IkeIdentity identity) {
            return identity.type() == type && identity.text().endsWith((type == IkeIdentity.FQDN ? "." : "@") + domain);
        }
    }

    /** Every peer ({@code any}, IKEv2). */
    record Any() implements PeerMatch {
        @Override
        public boolean matches(final IkeIdentity identity) {
            return true;
        }
    }

    /**
     * Whether an identity is meant.
     *
     * @param identity what the peer says it is.
     * @return true if so.
     */
    boolean matches(IkeIdentity identity);
}
