package org.qfpsim.datapath.route;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.LocalAddresses;

/** A {@link RoutedConfig} as packets look things up in it. Immutable; parts whose configuration did not change are taken over. */
public final class RouteTables {
    /** Nothing leads there. */
    static final int NO_ROUTE = LpmTrie.NONE;
    /** The output of the bit bucket. */
    static final int NOWHERE = -2;
    /** Tunnels are found by their outside, not by an interface. */
    static final int ANY = 0;

    final RoutedConfig config;
    private final Port[] ports;
    private final LocalAddresses ours;
    private final Fib fib4;
    private final Fib fib6;
    private final AddressTable adjacencies;
    private final long[] macs;
    private final AddressTable mappings;
    private final NhrpMapping[] nhrp;
    private final AddressTable tunnels;

    RouteTables(final RoutedConfig config, final @Nullable RouteTables before, final PortCounters[] counters) {
        this.config = config;
        final RouteTables same = before != null && before.config.interfaces().equals(config.interfaces()) ? before : null;
        ports = same != null && same.config.cryptoMap().equals(config.cryptoMap()) ? same.ports : RouteBuilder.ports(config, counters);
        if (same != null && same.config.routes() == config.routes()) {
            fib4 = same.fib4;
            fib6 = same.fib6;
            ours = same.ours;
        } else {
            fib4 = RouteBuilder.fib(config, false);
            fib6 = RouteBuilder.fib(config, true);
            ours = new LocalAddresses(config.ownAddresses());
        }
        adjacencies = new AddressTable(config.adjacencies().size());
        macs = new long[config.adjacencies().size()];
        for (int i = 0; i < macs.length; i++) {
            final AdjacencySpec adjacency = config.adjacencies().get(i);
            final IpAddress hop = adjacency.nextHop();
            macs[i] = adjacency.mac().bits();
            adjacencies.put(adjacency.interfaceIndex(), hop.v6(), hop.high(), hop.low(), i);
        }
        nhrp = config.nhrp().toArray(NhrpMapping[]::new);
        mappings = new AddressTable(nhrp.length);
        for (int i = 0; i < nhrp.length; i++) {
            final IpAddress hop = nhrp[i].protocolAddress();
            mappings.put(nhrp[i].interfaceIndex(), hop.v6(), hop.high(), hop.low(), i);
        }
        tunnels = RouteBuilder.tunnels(config);
    }

    /** A hash: the caller compares what is found. */
    static long outside(final long high, final long low, final long key) {
        return (high * 31 ^ low) * 0x9E37_79B9_7F4A_7C15L ^ key + 1;
    }

    /**
     * The GRE tunnel that a packet came through: one to this very peer before one to many.
     *
     * @param v6       family of the outer header.
     * @param oursHigh our outer address.
     * @param oursLow  our outer address.
     * @param peerHigh the peer's.
     * @param peerLow  the peer's.
     * @param key      its key, or {@link TunnelSpec#NO_KEY}.
     * @return the tunnel, or null.
     */
    @Nullable Port tunnel(final boolean v6, final long oursHigh, final long oursLow, final long peerHigh, final long peerLow,
                          final long key) {
        final long outside = outside(oursHigh, oursLow, key);
        final int one = tunnels.find(ANY, v6, outside, peerHigh * 31 ^ peerLow);
        if (one >= 0 && isOutside(ports[one], oursHigh, oursLow, peerHigh, peerLow, key)) {
            return ports[one];
        }
        final int many = tunnels.find(ANY, v6, outside, 0);
        return many >= 0 && ports[many].kind == InterfaceKind.TUNNEL_MGRE
            && isOutside(ports[many], oursHigh, oursLow, peerHigh, peerLow, key) ? ports[many] : null;
    }

    private static boolean isOutside(final Port port, final long oursHigh, final long oursLow, final long peerHigh, final long peerLow,
                                     final long key) {
        final TunnelSpec tunnel = port.tunnel;
        if (tunnel == null || tunnel.key() != key || tunnel.source().high() != oursHigh || tunnel.source().low() != oursLow) {
            return false;
        }
        final IpAddress peer = tunnel.destination();
        return peer == null || peer.high() == peerHigh && peer.low() == peerLow;
    }

    /** Whether an address is one of the router's own. */
    boolean isOurs(final boolean v6, final long high, final long low) {
        return ours.find(v6, high, low) >= 0;
    }

    /** An interface, or null if there is none of this index. */
    @Nullable Port port(final int index) {
        return index >= 0 && index < ports.length ? ports[index] : null;
    }

    /** The number of the route to an address, or {@link #NO_ROUTE}. */
    int route(final boolean v6, final long high, final long low) {
        return v6 ? fib6.trie().find6(high, low) : fib4.trie().find4(low);
    }

    /** The interface that a route leads to; null for the bit bucket. */
    @Nullable Port output(final boolean v6, final int route) {
        final int output = (v6 ? fib6 : fib4).outputs()[route];
        return output == NOWHERE ? null : ports[output];
    }

    /** The next hop of a route; null if it is the destination itself. */
    @Nullable IpAddress hop(final boolean v6, final int route) {
        return (v6 ? fib6 : fib4).hops()[route];
    }

    /** The Ethernet address of a neighbour, or -1. */
    long mac(final int port, final boolean v6, final long high, final long low) {
        final int found = adjacencies.find(port, v6, high, low);
        return found < 0 ? -1 : macs[found];
    }

    /** Where a next hop of a multipoint tunnel is, or null. */
    @Nullable NhrpMapping mapping(final int port, final boolean v6, final long high, final long low) {
        final int found = mappings.find(port, v6, high, low);
        return found < 0 ? null : nhrp[found];
    }
}
