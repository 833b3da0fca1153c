package org.qfpsim.datapath.route;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.OutboundOptions;

/**
 * Everything that routed packets are looked up in, as a whole: a change makes a new one, which replaces the last one at one position in the
 * order of arrival. Lists that a change leaves alone are best passed on as they are: what was compiled of them is used again.
 *
 * @param interfaces  in the order of their indexes, without gaps.
 * @param routes      beside the connected ones; of several with the same prefix the last one counts.
 * @param adjacencies neighbours that are known.
 * @param nhrp        next hops of multipoint tunnels.
 * @param cryptoMap   entries of all crypto maps, in order.
 * @param dfBit       of outer headers ({@code crypto ipsec df-bit}).
 * @param fragmentation when a packet that is too big for its SA is cut ({@code crypto ipsec fragmentation}).
 */
public record RoutedConfig(List<InterfaceSpec> interfaces, List<RouteSpec> routes, List<AdjacencySpec> adjacencies,
                           List<NhrpMapping> nhrp, List<CryptoMapRule> cryptoMap, OutboundOptions.DfBit dfBit,
                           OutboundOptions.Fragmentation fragmentation) {
    /** No interface is meant. */
    public static final int NO_INTERFACE = -1;
    /** Largest index of an interface. */
    public static final int MAX_INTERFACE = 65_533;
    /** No flow is meant. */
    public static final int NO_FLOW = -1;
    /** Largest number of a flow. */
    public static final int MAX_FLOW = 0xf_ffff;

    /** A router without interfaces. */
    public static final RoutedConfig EMPTY = of(List.of());

    /** Copies the lists and checks that every index names an interface of the right kind. */
    public RoutedConfig {
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
        adjacencies = List.copyOf(adjacencies);
        nhrp = List.copyOf(nhrp);
        cryptoMap = List.copyOf(cryptoMap);
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).index() != i) {
                throw new IllegalArgumentException("interface " + interfaces.get(i).name() + " has index " + interfaces.get(i).index()
                    + " at place " + i);
            }
            if (!names.add(interfaces.get(i).name())) {
                throw new IllegalArgumentException("two interfaces are named " + interfaces.get(i).name());
            }
        }
        final int count = interfaces.size();
        for (final RouteSpec route : routes) {
            check("route ", route.prefix(), route.interfaceIndex(), RoutedConfig.NO_INTERFACE, count);
        }
        for (final AdjacencySpec adjacency : adjacencies) {
            check("adjacency ", adjacency.nextHop(), adjacency.interfaceIndex(), 0, count);
        }
        for (final NhrpMapping mapping : nhrp) {
            check("nhrp map ", mapping.protocolAddress(), mapping.interfaceIndex(), 0, count);
        }
        for (final CryptoMapRule rule : cryptoMap) {
            check("crypto map rule ", rule.selector(), rule.interfaceIndex(), 0, count);
        }
    }

    /** A hub has ten thousand rules, and each new peer makes a configuration: words are put together only if something is wrong. */
    private static void check(final String kind, final Object what, final int index, final int least, final int count) {
        if (index < least || index >= count) {
            throw new IllegalArgumentException(kind + what + ": there is no interface " + index);
        }
    }

    /**
     * A router with interfaces and nothing else, and the platform's defaults of IPsec fragmentation.
     *
     * @param interfaces in the order of their indexes.
     * @return the configuration.
     */
    public static RoutedConfig of(final List<InterfaceSpec> interfaces) {
        return new RoutedConfig(interfaces, List.of(), List.of(), List.of(), List.of(), OutboundOptions.DEFAULT.dfBit(),
            OutboundOptions.DEFAULT.fragmentation());
    }

    /** The router's own addresses: those of interfaces that are up, and local routes; each once. */
    public List<IpAddress> ownAddresses() {
        return Stream.concat(interfaces.stream().filter(InterfaceSpec::up).flatMap(spec -> spec.addresses().stream())
                .map(InterfaceAddress::address),
            routes.stream().filter(route -> route.kind() == RouteSpec.Kind.LOCAL).map(route -> route.prefix().address()))
            .distinct().toList();
    }

    /**
     * The same with other interfaces.
     *
     * @param value in the order of their indexes.
     * @return the changed copy.
     */
    public RoutedConfig withInterfaces(final List<InterfaceSpec> value) {
        return new RoutedConfig(value, routes, adjacencies, nhrp, cryptoMap, dfBit, fragmentation);
    }

    /**
     * The same with other routes.
     *
     * @param value beside the connected ones.
     * @return the changed copy.
     */
    public RoutedConfig withRoutes(final List<RouteSpec> value) {
        return new RoutedConfig(interfaces, value, adjacencies, nhrp, cryptoMap, dfBit, fragmentation);
    }

    /**
     * The same with other neighbours.
     *
     * @param value those that are known.
     * @return the changed copy.
     */
    public RoutedConfig withAdjacencies(final List<AdjacencySpec> value) {
        return new RoutedConfig(interfaces, routes, value, nhrp, cryptoMap, dfBit, fragmentation);
    }

    /**
     * The same with other next hops of multipoint tunnels.
     *
     * @param value the mappings.
     * @return the changed copy.
     */
    public RoutedConfig withNhrp(final List<NhrpMapping> value) {
        return new RoutedConfig(interfaces, routes, adjacencies, value, cryptoMap, dfBit, fragmentation);
    }

    /**
     * The same with other crypto maps.
     *
     * @param value entries of all of them, in order.
     * @return the changed copy.
     */
    public RoutedConfig withCryptoMap(final List<CryptoMapRule> value) {
        return new RoutedConfig(interfaces, routes, adjacencies, nhrp, value, dfBit, fragmentation);
    }
}
