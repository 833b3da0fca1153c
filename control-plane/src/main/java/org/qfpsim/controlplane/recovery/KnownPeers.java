package org.qfpsim.controlplane.recovery;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.datapath.packet.IpAddress;

/** Whom the configuration names: only with those the recovery may begin IKE. */
@FunctionalInterface
public interface KnownPeers {
    /**
     * What the configuration says of an address.
     *
     * @param policy     the flow that names it, or null.
     * @param applicable false if something else looks after this peer.
     * @param reason     what names it, or why nothing does.
     */
    record Answer(@Nullable ChildPolicy policy, boolean applicable, String reason) {
    }

    /**
     * Looks for a peer.
     *
     * @param local our address.
     * @param peer  the address that packets come from.
     * @return what the configuration says of it.
     */
    Answer find(IpAddress local, IpAddress peer);
}
