package org.qfpsim.controlplane.nhrp;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** Which server knows what we do not. */
@FunctionalInterface
interface NhrpRoute {
    /**
     * The server to ask on a tunnel: the first that has accepted our registration, otherwise the first of all.
     *
     * @param tunnel where.
     * @param target that is asked for; no server is asked for itself.
     * @return its outer address, or null if there is none.
     */
    @Nullable IpAddress server(NhrpTunnel tunnel, IpAddress target);
}
