package org.qfpsim.datapath.route;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Why a packet was sent up.
 *
 * @param cause          a {@code PuntCause}.
 * @param interfaceIndex where it came in: an Ethernet interface, or the tunnel that it came out of. For packets that wait for a neighbour
 *                       (causes 10 and 24) and for ICMP (cause 26) the interface of that neighbour, or the input.
 *                       {@link RoutedConfig#NO_INTERFACE} for what the control plane itself has injected.
 * @param frame          whether it begins with an Ethernet header (ARP, and what is neither IP nor ARP); otherwise with an IP header.
 *                       NHRP comes with the IP and GRE header that it arrived in.
 * @param nanos          time of the packet.
 * @param nextHop        for causes 10 and 24 the neighbour that it waits for; otherwise null.
 * @param icmp           for cause 26 the ICMP or ICMPv6 error that its sender is to have: type &lt;&lt; 24 | code &lt;&lt; 16 | MTU;
 *                       otherwise 0. The packet is then an excerpt of one that was dropped and counted.
 */
public record Punt(int cause, int interfaceIndex, boolean frame, long nanos, @Nullable IpAddress nextHop, int icmp) {
}
