package org.qfpsim.datapath.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Compiles a {@link RoutedConfig} into what {@link RouteTables} looks things up in. Control thread; no packet comes here. */
final class RouteBuilder {
    /** Next hops are looked up in turn at most so often. */
    private static final int MAX_RESOLUTION = 8;
    private static final int BROADCASTS = 2;

    private RouteBuilder() {
    }

    private record Route(IpPrefix prefix, int output, @Nullable IpAddress hop) {
    }

    static Port[] ports(final RoutedConfig config, final PortCounters[] counters) {
        final Map<Integer, List<CryptoMapRule>> rules = new HashMap<>();
        for (final CryptoMapRule rule : config.cryptoMap()) {
            rules.computeIfAbsent(rule.interfaceIndex(), index -> new ArrayList<>()).add(rule);
        }
        return config.interfaces().stream()
            .map(spec -> new Port(spec, rules.getOrDefault(spec.index(), List.of()), counters[spec.index()])).toArray(Port[]::new);
    }

    /** The counters that there are, and new ones for the interfaces that have none yet. */
    static PortCounters[] counters(final RoutedConfig config, final PortCounters[] before) {
        final PortCounters[] all = Arrays.copyOf(before, Math.max(before.length, config.interfaces().size()));
        for (int i = before.length; i < all.length; i++) {
            all[i] = new PortCounters();
        }
        return all;
    }

    /** Connected networks, then routes over them as far as their next hops can be found. */
    static Fib fib(final RoutedConfig config, final boolean v6) {
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
                routes.add(new Route(spec.prefix(), RouteTables.NOWHERE, null));
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
                final int found = hop == null ? RouteTables.NO_ROUTE
                    : hop.v6() ? fib.trie().find6(hop.high(), hop.low()) : fib.trie().find4(hop.low());
                if (found == RouteTables.NO_ROUTE || fib.outputs()[found] == RouteTables.NOWHERE) {
                    left.add(spec);
                } else {
                    final IpAddress further = fib.hops()[found];
                    routes.add(new Route(spec.prefix(), fib.outputs()[found], further == null ? hop : further));
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
    static AddressTable tunnels(final RoutedConfig config) {
        final AddressTable table = new AddressTable(config.interfaces().size());
        for (final InterfaceSpec spec : config.interfaces()) {
            final TunnelSpec tunnel = spec.tunnel();
            if (tunnel != null && spec.kind().isGre()) {
                final IpAddress peer = tunnel.destination();
                table.put(RouteTables.ANY, tunnel.source().v6(),
                    RouteTables.outside(tunnel.source().high(), tunnel.source().low(), tunnel.key()),
                    peer == null ? 0 : peer.high() * 31 ^ peer.low(), spec.index());
            }
        }
        return table;
    }

    static TrafficSelector reversed(final TrafficSelector s) {
        return new TrafficSelector(s.destination(), s.source(), s.protocol(), s.destinationPortLow(), s.destinationPortHigh(),
            s.sourcePortLow(), s.sourcePortHigh());
    }

    static long[] broadcasts(final InterfaceSpec spec) {
        final List<InterfaceAddress> networks = spec.addresses().stream()
            .filter(address -> !address.address().v6() && address.prefixLength() < IpAddress.v4(0).bits() - 1).toList();
        final long[] found = new long[networks.size() * BROADCASTS];
        for (int i = 0; i < networks.size(); i++) {
            final long first = networks.get(i).prefix().address().low();
            found[i * BROADCASTS] = first;
            found[i * BROADCASTS + 1] = first | ~networks.get(i).prefix().maskLow() & 0xffff_ffffL;
        }
        return found;
    }
}
