package org.qfpsim.controlplane.config.model;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * {@code ip route} or {@code ipv6 route}.
 *
 * @param prefix        destination.
 * @param interfaceName in full, {@code Null0} to drop, or null.
 * @param nextHop       or null; at least one of the two is set.
 * @param distance      administrative distance, 1 to 255: 1 unless set.
 */
public record StaticRoute(IpPrefix prefix, @Nullable String interfaceName, @Nullable IpAddress nextHop, int distance) {
    /** Interface of packets that are dropped. */
    public static final String NULL_INTERFACE = "Null0";
}
