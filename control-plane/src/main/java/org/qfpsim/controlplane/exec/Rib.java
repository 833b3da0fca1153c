package org.qfpsim.controlplane.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.StaticRoute;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.RouteSpec;
import org.qfpsim.datapath.route.RoutedConfig;

/**
 * The routing table of one family, by prefix: connected networks, the router's own addresses in them, and the static routes that lead
 * somewhere at the moment. It holds what the datapath forwards by: one route a prefix.
 */
final class Rib {
    private static final Comparator<IpPrefix> ORDER = Comparator.comparing(IpPrefix::address).thenComparing(IpPrefix::length);

    private final Map<IpPrefix, Route> routes = new TreeMap<>(ORDER);
    /** Own addresses: host routes that a connected network of one address would hide. */
    private final Map<IpPrefix, Route> local = new TreeMap<>(ORDER);

    /** Where a route came from. */
    enum Source {
        CONNECTED, LOCAL, STATIC
    }

    /**
     * A route.
     *
     * @param prefix   destinations.
     * @param source   where it came from.
     * @param distance administrative distance.
     * @param output   index of the interface that is named with it, {@link RoutedConfig#NO_INTERFACE} for none.
     * @param hop      next hop, or null.
     * @param nowhere  whether it leads to Null0.
     */
    record Route(IpPrefix prefix, Source source, int distance, int output, @Nullable IpAddress hop, boolean nowhere) {
    }

    Rib(final Box box, final boolean v6) {
        final RoutedConfig config = box.datapath().configuration();
        for (final InterfaceSpec spec : config.interfaces()) {
            for (final InterfaceAddress address : spec.addresses()) {
                if (spec.up() && address.address().v6() == v6 && !address.isLinkLocal()) {
                    connected(spec, address);
                }
            }
        }
        final List<Route> open = new ArrayList<>();
        for (final RouteSpec spec : config.routes()) {
            if (spec.prefix().address().v6() != v6 || spec.kind() == RouteSpec.Kind.LOCAL) {
                continue;
            }
            final Route route = new Route(spec.prefix(), Source.STATIC, distance(box.config().routes(), config, spec),
                spec.interfaceIndex(), spec.nextHop(), spec.kind() == RouteSpec.Kind.NULL0);
            if (route.nowhere || route.output >= 0 && config.interfaces().get(route.output).up()) {
                routes.put(route.prefix, route);
            } else if (route.output < 0) {
                open.add(route);
            }
        }
        // A next hop may be behind another static route.
        for (int before = -1; before != open.size() && !open.isEmpty();) {
            before = open.size();
            final List<Route> found = open.stream().filter(route -> leadsSomewhere(route.hop)).toList();
            found.forEach(route -> routes.put(route.prefix, route));
            open.removeAll(found);
        }
    }

    private void connected(final InterfaceSpec spec, final InterfaceAddress address) {
        routes.put(address.prefix(), new Route(address.prefix(), Source.CONNECTED, 0, spec.index(), null, false));
        final IpPrefix host = new IpPrefix(address.address(), address.address().bits());
        local.put(host, new Route(host, Source.LOCAL, 0, spec.index(), null, false));
    }

    private boolean leadsSomewhere(final @Nullable IpAddress hop) {
        return hop != null && find(hop).filter(route -> !route.nowhere).isPresent();
    }

    private static int distance(final List<StaticRoute> configured, final RoutedConfig config, final RouteSpec spec) {
        final String name = spec.kind() == RouteSpec.Kind.NULL0 ? StaticRoute.NULL_INTERFACE
            : spec.interfaceIndex() < 0 ? null : config.interfaces().get(spec.interfaceIndex()).name();
        return configured.stream()
            .filter(route -> new StaticRoute(spec.prefix(), name, spec.nextHop(), route.distance()).equals(route))
            .mapToInt(StaticRoute::distance).min().orElse(1);
    }

    /** The route that a packet to an address takes, own addresses left aside. */
    Optional<Route> find(final IpAddress address) {
        for (int length = address.bits(); length >= 0; length--) {
            final Route route = routes.get(new IpPrefix(address, length));
            if (route != null) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /** The same with own addresses. */
    Optional<Route> findAny(final IpAddress address) {
        final Route own = local.get(new IpPrefix(address, address.bits()));
        return own == null ? find(address) : Optional.of(own);
    }

    /** All routes by prefix; an own address that is a connected network of its own counts once, as that. */
    List<Route> all() {
        final List<Route> all = new ArrayList<>(routes.values());
        local.values().stream().filter(route -> !routes.containsKey(route.prefix)).forEach(all::add);
        all.sort(Comparator.comparing(Route::prefix, ORDER));
        return all;
    }
}
