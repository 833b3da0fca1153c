package org.qfpsim.controlplane.ike;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** Addresses that an EzVPN server hands out and a client takes, by Mode Config (draft-ietf-ipsec-isakmp-mode-cfg-05 section 3.3). */
public interface IkeAddresses {
    /** A router that neither hands out addresses nor wants one. */
    IkeAddresses NONE = new IkeAddresses() {
        @Override
        public boolean wanted(final IpAddress server) {
            return false;
        }

        @Override
        public @Nullable IpAddress lease(final IpAddress client, final String group) {
            return null;
        }

        @Override
        public void assigned(final IpAddress server, final IpAddress address) {
            // Nobody has asked for it.
        }
    };

    /**
     * Whether we ask a server for an address.
     *
     * @param server its address.
     * @return true in {@code mode network-plus}.
     */
    boolean wanted(IpAddress server);

    /**
     * An address for a client.
     *
     * @param client the address that its packets come from.
     * @param group  that it has shown the key of.
     * @return the same as long as it keeps coming; null if there is none to hand out.
     */
    @Nullable IpAddress lease(IpAddress client, String group);

    /**
     * A server has handed out an address to us.
     *
     * @param server  its address.
     * @param address ours from now on.
     */
    void assigned(IpAddress server, IpAddress address);
}
