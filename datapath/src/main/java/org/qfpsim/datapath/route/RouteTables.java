package org.qfpsim.datapath.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.LocalAddresses;

/** A {@link RoutedConfig} as packets look things up in it. Immutable; parts whose configuration did not change are taken over. */
public final class RouteTables {
    /** Nothing leads there. */
    static final int NO_ROUTE = LpmTrie.NONE;
    /** Next hops are looked up in turn at most so often. */
    private static final int MAX_RESOLUTION = 8;
    private static final int NOWHERE = -2;
    /** Tunnels are found by their outside, not by an interface. */
    private static final int ANY = 0;

    final RoutedConfig config;
    private final Port[] ports;
    private final LocalAddresses ours;
    private final Fib fib4;
    private final Fib fib6;
    private final AddressTable adjacencies;
    private final long[] macs;
    private final AddressTable mappings;
    private final AddressTable tunnels;

    /** The routes of one family: a trie, and where its prefixes lead. */
    private record Fib(LpmTrie trie, int[] outputs, @Nullable IpAddress[] hops) {
    }

    private record Route(IpPrefix prefix, int output, @Nullable IpAddress hop) {
    }

    RouteTables(final RoutedConfig config, final @Nullable RouteTables before) {
        this.config = config;
        final RouteTables same = before != null && before.config.interfaces().equals(config.interfaces()) ? before : null;
        ports = same != null && same.config.cryptoMap().equals(config.cryptoMap()) ? same.ports : ports(config);
        if (same != null && same.config.routes() == config.routes()) {
            fib4 = same.fib4;
            fib6 = same.fib6;
            ours = same.ours;
        } else {
            fib4 = fib(config, false);
            fib6 = fib(config, true);
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
        mappings = new AddressTable(config.nhrp().size());
        for (int i = 0; i < config.nhrp().size(); i++) {
            final IpAddress hop = config.nhrp().get(i).protocolAddress();
            mappings.put(config.nhrp().get(i).interfaceIndex(), hop.v6(), hop.high(), hop.low(), i);
        }
        tunnels = tunnels(config);
    }

    private static Port[] ports(final RoutedConfig config) {
        final Map<Integer, List<CryptoMapRule>> rules = new HashMap<>();
        for (final CryptoMapRule rule : config.cryptoMap()) {
            rules.computeIfAbsent(rule.interfaceIndex(), index -> new ArrayList<>()).add(rule);
        }
        return config.interfaces().stream().map(spec -> new Port(spec, rules.getOrDefault(spec.index(), List.of()))).toArray(Port[]::new);
    }

    /** Connected networks, then routes over them as far as their next hops can be found. */
    private static Fib fib(final RoutedConfig config, final boolean v6) {
        final List<Route> routes = new ArrayList<>();
        for (final InterfaceSpec spec : config.interfaces()) {
            for (final InterfaceAddress address : spec.addresses()) {
                if (spec.up() && address.address().v6() == v6 && !address.isLinkLocal()) {
                    routes.add(new Route(address.prefix(), spec.index(), null));
                }
            }
        }
        final List<RouteSpec> open = new ArrayList<>();
        for (final RouteSpec spec : config.routes()) {
            if (spec.prefix().address().v6() != v6 || spec.kind() == RouteSpec.Kind.LOCAL) {
                continue;
            }
            if (spec.kind() == RouteSpec.Kind.NULL0) {
                routes.add(new Route(spec.prefix(), NOWHERE, null));
            } else if (spec.interfaceIndex() == RoutedConfig.NO_INTERFACE) {
                open.add(spec);
            } else if (config.interfaces().get(spec.interfaceIndex()).up()) {
                routes.add(new Route(spec.prefix(), spec.interfaceIndex(), spec.nextHop()));
            }
        }
        return resolve(routes, open);
    }

    private static Fib resolve(final List<Route> routes, final List<RouteSpec> open) {
        Fib fib = fib(routes);
        for (int round = 0; round < MAX_RESOLUTION && !open.isEmpty(); round++) {
            final List<RouteSpec> left = new ArrayList<>();
            for (final RouteSpec spec : open) {
                final IpAddress hop = spec.nextHop();
                final int found = hop == null ? NO_ROUTE : hop.v6() ? fib.trie.find6(hop.high(), hop.low()) : fib.trie.find4(hop.low());
                if (found == NO_ROUTE || fib.outputs[found] == NOWHERE) {
                    left.add(spec);
                } else {
                    final IpAddress further = fib.hops[found];
                    routes.add(new Route(spec.prefix(), fib.outputs[found], further == null ? hop : further));
                }
            }
            if (left.size() == open.size()) {
                break;
            }
            open.clear();
            open.addAll(left);
            fib = fib(routes);
        }
        return fib;
    }

    private static Fib fib(final List<Route> routes) {
        return new Fib(new LpmTrie(routes.stream().map(Route::prefix).toList()), routes.stream().mapToInt(Route::output).toArray(),
            routes.stream().map(Route::hop).toArray(IpAddress[]::new));
    }

    /** Tunnels of GRE by (our outer address, key), and for those to one peer by the peer's address too. */
    private static AddressTable tunnels(final RoutedConfig config) {
        final AddressTable table = new AddressTable(config.interfaces().size());
        for (final InterfaceSpec spec : config.interfaces()) {
            final TunnelSpec tunnel = spec.tunnel();
            if (tunnel != null && spec.kind().isGre()) {
                final IpAddress peer = tunnel.destination();
                table.put(ANY, tunnel.source().v6(), outside(tunnel.source().high(), tunnel.source().low(), tunnel.key()),
                    peer == null ? 0 : peer.high() * 31 ^ peer.low(), spec.index());
            }
        }
        return table;
    }

    /** A hash: the caller compares what is found. */
    private static long outside(final long high, final long low, final long key) {
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
        return v6 ? fib6.trie.find6(high, low) : fib4.trie.find4(low);
    }

    /** The interface that a route leads to; null for the bit bucket. */
    @Nullable Port output(final boolean v6, final int route) {
        final int output = (v6 ? fib6 : fib4).outputs[route];
        return output == NOWHERE ? null : ports[output];
    }

    /** The next hop of a route; null if it is the destination itself. */
    @Nullable IpAddress hop(final boolean v6, final int route) {
        return (v6 ? fib6 : fib4).hops[route];
    }

    /** The Ethernet address of a neighbour, or -1. */
    long mac(final int port, final boolean v6, final long high, final long low) {
        final int found = adjacencies.find(port, v6, high, low);
        return found < 0 ? -1 : macs[found];
    }

    /** Where a next hop of a multipoint tunnel is, or null. */
    @Nullable NhrpMapping mapping(final int port, final boolean v6, final long high, final long low) {
        final int found = mappings.find(port, v6, high, low);
        return found < 0 ? null : config.nhrp().get(found);
    }
}
