package org.qfpsim.controlplane.ike.v1;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * A wish for a pair of IPsec SAs.
 *
 * @param policy   the flow.
 * @param peer     the peer.
 * @param replaces our SPI of the SA that it shall replace, or null.
 */
record ChildRequest(ChildPolicy policy, IpAddress peer, @Nullable Integer replaces) {
}
