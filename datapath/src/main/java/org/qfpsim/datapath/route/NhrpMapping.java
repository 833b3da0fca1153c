package org.qfpsim.datapath.route;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * Where a next hop of a multipoint tunnel really is (RFC 2332): static or learnt.
 *
 * @param interfaceIndex  the tunnel.
 * @param protocolAddress the next hop inside.
 * @param nbma            the peer's outer address.
 * @param flow            of the protection of packets to this peer, or {@link RoutedConfig#NO_FLOW} if there is none: with a protected
 *                        tunnel such packets are lost, and the control plane is asked for an SA.
 */
public record NhrpMapping(int interfaceIndex, IpAddress protocolAddress, IpAddress nbma, int flow) {
}
