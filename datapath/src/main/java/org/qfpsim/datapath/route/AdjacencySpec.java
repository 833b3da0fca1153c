package org.qfpsim.datapath.route;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * A neighbour whose Ethernet address is known.
 *
 * @param interfaceIndex the Ethernet interface that it is on.
 * @param nextHop        its IP address.
 * @param mac            its Ethernet address.
 */
public record AdjacencySpec(int interfaceIndex, IpAddress nextHop, MacAddress mac) {
}
