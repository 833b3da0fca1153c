package org.qfpsim.controlplane.ike.v2;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * The IPsec manager's wish for a pair of SAs.
 *
 * @param policy   the flow.
 * @param peer     the peer.
 * @param replaces our SPI of the pair to be replaced, or null.
 */
record ChildRequest(ChildPolicy policy, IpAddress peer, @Nullable Integer replaces) {
    void fail(final IpsecEngine engine, final String reason) {
        engine.failed(policy, peer, replaces, reason);
    }
}
