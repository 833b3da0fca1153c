package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.StaticRoute;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.OutboundOptions;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RouteSpec;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.TunnelSpec;

/**
 * Turns a router's configuration into interfaces, routes and static NHRP mappings of its datapath. Flows are not its business; a protected
 * tunnel gets the number of a flow that nobody has, so that nothing leaves it in clear before its own flow is there.
 *
 * <p>An interface keeps its index for as long as the router runs; one that the configuration no longer has stays, down and without
 * addresses.
 */
final class RouterInterfaces {
    /** GRE over IPv4 over Ethernet: what IOS takes for a tunnel that nothing is said about. */
    private static final int LINK_MTU = 1500;
    private static final int IPV4_HEADER = 20;
    private static final int KEY = 4;
    private static final int GRE = 4;
    /** AES-CBC and HMAC-SHA256 in tunnel mode, the larger of the usual suites (qfp-reference 3.7: plaintext mtu 1438). */
    private static final int VTI_MTU = 1438;
    private static final int LOOPBACK_MTU = 1514;
    /** The second-lowest bit of the first octet: administered locally. */
    private static final long LOCAL_MAC = 0x02_00_00_00_00_00L;

    private final int station;
    private final List<String> names = new ArrayList<>();

    /**
     * Makes it.
     *
     * @param station distinguishes the Ethernet addresses of one router from those of others, 0 to 2^24 - 1.
     */
    RouterInterfaces(final int station) {
        this.station = station & 0xff_ffff;
    }

    /** The names, by index. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** The index of an interface, or {@link RoutedConfig#NO_INTERFACE}. */
    int index(final String name) {
        final int index = names.indexOf(name);
        return index < 0 ? RoutedConfig.NO_INTERFACE : index;
    }

    /**
     * Builds the datapath's configuration.
     *
     * @param config  of the router.
     * @param before  what the datapath has: its neighbours stay.
     * @param carrier whether something carries frames on a physical interface.
     * @return interfaces, routes and mappings, without flows.
     */
    RoutedConfig routed(final RouterConfig config, final RoutedConfig before, final Predicate<String> carrier) {
        config.interfaces().stream().map(InterfaceConfig::name).filter(name -> !names.contains(name)).forEach(names::add);
        final List<InterfaceSpec> interfaces = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            final Optional<InterfaceConfig> each = config.interfaceNamed(names.get(i));
            interfaces.add(each.isPresent() ? spec(i, each.get(), config, carrier).withSealing(sealing(each.get()))
                : new InterfaceSpec(i, names.get(i), InterfaceKind.LOOPBACK, null, List.of(), LOOPBACK_MTU, LOOPBACK_MTU, false, null));
        }
        final IpsecConfig ipsec = config.crypto().ipsec();
        return new RoutedConfig(interfaces, routes(config), before.adjacencies(), mappings(config, interfaces), before.cryptoMap(),
            dfBit(ipsec.dfBit()), fragmentation(ipsec.fragmentation()));
    }

    private static InterfaceSpec.Sealing sealing(final InterfaceConfig each) {
        return new InterfaceSpec.Sealing(each.dfBit() == null ? null : dfBit(each.dfBit()),
            each.fragmentation() == null ? null : fragmentation(each.fragmentation()));
    }

    private static OutboundOptions.DfBit dfBit(final IpsecConfig.DfBit value) {
        return switch (value) {
            case COPY -> OutboundOptions.DfBit.COPY;
            case SET -> OutboundOptions.DfBit.SET;
            case CLEAR -> OutboundOptions.DfBit.CLEAR;
        };
    }

    private static OutboundOptions.Fragmentation fragmentation(final IpsecConfig.Fragmentation value) {
        return switch (value) {
            case BEFORE_ENCRYPTION -> OutboundOptions.Fragmentation.BEFORE_ENCRYPTION;
            case AFTER_ENCRYPTION -> OutboundOptions.Fragmentation.AFTER_ENCRYPTION;
        };
    }

    private InterfaceSpec spec(final int index, final InterfaceConfig each, final RouterConfig config, final Predicate<String> carrier) {
        final List<InterfaceAddress> addresses = Stream.concat(each.ipv4().stream(), each.ipv6().stream())
            .map(address -> new InterfaceAddress(address.address(), address.length())).toList();
        final Integer ipMtu = each.ipMtu();
        if (each.kind().physical()) {
            return new InterfaceSpec(index, each.name(), InterfaceKind.ETHERNET, new MacAddress(LOCAL_MAC | (long) station << 8 | index),
                addresses, each.mtu(), ipMtu == null ? each.mtu() : Math.min(ipMtu, each.mtu()),
                !each.shutdown() && carrier.test(each.name()), null);
        }
        final TunnelConfig tunnel = each.tunnel();
        final TunnelSpec outside = tunnel == null ? null : outside(index, tunnel, config);
        if (tunnel == null || outside == null) {
            // A loopback, or a tunnel that lacks what it needs: down, as its line protocol is on the platform.
            return new InterfaceSpec(index, each.name(), InterfaceKind.LOOPBACK, null, addresses, LOOPBACK_MTU, LOOPBACK_MTU,
                !each.shutdown() && tunnel == null, null);
        }
        return new InterfaceSpec(index, each.name(), kind(tunnel.mode()), null, addresses, InterfaceSpec.MAX_MTU,
            ipMtu == null ? tunnelMtu(tunnel) : ipMtu, !each.shutdown(), outside);
    }

    private static InterfaceKind kind(final TunnelConfig.Mode mode) {
        return switch (mode) {
            case GRE_IP -> InterfaceKind.TUNNEL_GRE;
            case GRE_MULTIPOINT -> InterfaceKind.TUNNEL_MGRE;
            case IPSEC_IPV4, IPSEC_IPV6 -> InterfaceKind.TUNNEL_IPSEC;
        };
    }

    private static int tunnelMtu(final TunnelConfig tunnel) {
        return tunnel.mode().gre() ? LINK_MTU - IPV4_HEADER - GRE - (tunnel.key() == null ? 0 : KEY) : VTI_MTU;
    }

    private static @Nullable TunnelSpec outside(final int index, final TunnelConfig tunnel, final RouterConfig config) {
        final IpAddress source = source(tunnel, config);
        final IpAddress destination = tunnel.mode() == TunnelConfig.Mode.GRE_MULTIPOINT ? null : tunnel.destination();
        final boolean isProtected = tunnel.protection() != null;
        if (source == null || destination == null && tunnel.mode() == TunnelConfig.Mode.GRE_IP || !isProtected && !tunnel.mode().gre()
            || destination != null && destination.v6() != source.v6()) {
            return null;
        }
        final Long key = tunnel.key();
        return new TunnelSpec(source, destination, key == null ? TunnelSpec.NO_KEY : key, false,
            isProtected ? RoutedConfig.MAX_FLOW - index : RoutedConfig.NO_FLOW);
    }

    private static @Nullable IpAddress source(final TunnelConfig tunnel, final RouterConfig config) {
        final IpAddress address = tunnel.sourceAddress();
        final String name = tunnel.sourceInterface();
        if (address != null || name == null) {
            return address;
        }
        final boolean v6 = tunnel.mode() == TunnelConfig.Mode.IPSEC_IPV6;
        return config.interfaceNamed(name).flatMap(each -> (v6 ? each.ipv6() : each.ipv4()).stream().findFirst())
            .map(InterfaceConfig.Address::address).orElse(null);
    }

    /** Of several routes to a prefix the datapath takes the last one: that of the smallest distance. */
    private List<RouteSpec> routes(final RouterConfig config) {
        final List<RouteSpec> routes = new ArrayList<>();
        config.routes().stream().sorted(Comparator.comparingInt(StaticRoute::distance).reversed()).forEach(route -> {
            final String through = route.interfaceName();
            if (StaticRoute.NULL_INTERFACE.equals(through)) {
                routes.add(new RouteSpec(route.prefix(), RouteSpec.Kind.NULL0, RoutedConfig.NO_INTERFACE, null));
            } else if (through == null || names.contains(through)) {
                routes.add(new RouteSpec(route.prefix(), RouteSpec.Kind.FORWARD,
                    through == null ? RoutedConfig.NO_INTERFACE : names.indexOf(through), route.nextHop()));
            }
        });
        return routes;
    }

    private List<NhrpMapping> mappings(final RouterConfig config, final List<InterfaceSpec> interfaces) {
        final List<NhrpMapping> mappings = new ArrayList<>();
        for (final InterfaceSpec spec : interfaces) {
            final TunnelSpec tunnel = spec.tunnel();
            if (tunnel != null && spec.kind() == InterfaceKind.TUNNEL_MGRE) {
                config.interfaceNamed(spec.name()).ifPresent(each -> each.nhrp().maps().forEach(map ->
                    mappings.add(new NhrpMapping(spec.index(), map.protocol(), map.nbma(), tunnel.flow()))));
            }
        }
        return mappings;
    }
}
