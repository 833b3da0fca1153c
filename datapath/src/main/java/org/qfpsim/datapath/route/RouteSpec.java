package org.qfpsim.datapath.route;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * A static route, or one that a protocol has learnt. Connected networks and own addresses come with their interfaces and need none.
 *
 * @param prefix         destinations.
 * @param kind           where to.
 * @param interfaceIndex output interface, or {@link RoutedConfig#NO_INTERFACE} if the next hop tells.
 * @param nextHop        the next router; null if destinations are on the interface's own network, or the tunnel leads to one peer.
 */
public record RouteSpec(IpPrefix prefix, Kind kind, int interfaceIndex, @Nullable IpAddress nextHop) {
    /** Where a route leads. */
    public enum Kind {
        /** Through an interface. */
        FORWARD,
        /** Nowhere: the bit bucket. */
        NULL0,
        /** To this router itself; of host length. */
        LOCAL
    }

    /** Checks what belongs together. */
    public RouteSpec {
        if (kind == Kind.FORWARD && interfaceIndex == RoutedConfig.NO_INTERFACE && nextHop == null) {
            throw new IllegalArgumentException("route " + prefix + " has neither interface nor next hop");
        }
        if (nextHop != null && nextHop.v6() != prefix.address().v6()) {
            throw new IllegalArgumentException("route " + prefix + ": next hop " + nextHop + " is of the other family");
        }
        if (kind == Kind.LOCAL && prefix.length() != prefix.address().bits()) {
            throw new IllegalArgumentException("local route " + prefix + " is not of host length");
        }
    }

    /**
     * A route over another router, whose interface is found by its address.
     *
     * @param prefix  destinations.
     * @param nextHop the next router.
     * @return the route.
     */
    public static RouteSpec via(final String prefix, final String nextHop) {
        return new RouteSpec(IpPrefix.parse(prefix), Kind.FORWARD, RoutedConfig.NO_INTERFACE, IpAddress.parse(nextHop));
    }

    /**
     * A route through an interface.
     *
     * @param prefix         destinations.
     * @param interfaceIndex the output.
     * @return the route.
     */
    public static RouteSpec through(final String prefix, final int interfaceIndex) {
        return new RouteSpec(IpPrefix.parse(prefix), Kind.FORWARD, interfaceIndex, null);
    }

    /**
     * A route to the bit bucket.
     *
     * @param prefix destinations.
     * @return the route.
     */
    public static RouteSpec null0(final String prefix) {
        return new RouteSpec(IpPrefix.parse(prefix), Kind.NULL0, RoutedConfig.NO_INTERFACE, null);
    }
}
