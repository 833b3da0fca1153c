package org.qfpsim.controlplane.exec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.exec.Rib.Route;
import org.qfpsim.controlplane.exec.Rib.Source;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** {@code show ip route}, {@code show ipv6 route}. */
public final class RouteCommands {
    private static final String CODES = """
        Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP
               D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area\s
               N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
               E1 - OSPF external type 1, E2 - OSPF external type 2
               i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2
               ia - IS-IS inter area, * - candidate default, U - per-user static route
               o - ODR, P - periodic downloaded static route, H - NHRP, l - LISP
        """;
    private static final String CODES_3 = CODES + "       + - replicated route, % - next hop override\n";
    private static final String CODES_16 = CODES + "       a - application route\n"
        + "       + - replicated route, % - next hop override, p - overrides from PfR\n";
    private static final String CODES_6 = """
        Codes: C - Connected, L - Local, S - Static, U - Per-user Static route
               B - BGP, R - RIP, H - NHRP, I1 - ISIS L1
               I2 - ISIS L2, IA - ISIS interarea, IS - ISIS summary, D - EIGRP
               EX - EIGRP external, ND - ND Default, NDp - ND Prefix, DCE - Destination
               NDr - Redirect, O - OSPF Intra, OI - OSPF Inter, OE1 - OSPF ext 1
               OE2 - OSPF ext 2, ON1 - OSPF NSSA ext 1, ON2 - OSPF NSSA ext 2
        """;
    private static final int HOST = 32;

    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public RouteCommands(final Box box) {
        this.box = box;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        final Argument<IpAddress> address = Argument.ipv4();
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("ip", "IP information",
                CommandNode.printing("route", "IP routing table", (input, out) -> table(out),
                    CommandNode.argument(address, "Network to display information about", input -> entry(input.get(address))))),
            CommandNode.group("ipv6", "IPv6 information",
                CommandNode.printing("route", "Show IPv6 route table entries", (input, out) -> table6(out)))));
    }

    private void table(final Output out) {
        final Rib rib = new Rib(box, false);
        out.print(box.config().simulator().release().has(ReleaseSwitch.ROUTE_CODES_16) ? CODES_16 : CODES_3);
        final IpPrefix any = IpPrefix.any(false);
        final Route gateway = rib.all().stream().filter(route -> route.prefix().equals(any)).findFirst().orElse(null);
        out.print(gateway == null ? "\nGateway of last resort is not set\n\n" : "\nGateway of last resort is "
            + (gateway.hop() == null ? "0.0.0.0" : gateway.hop()) + " to network 0.0.0.0\n\n");
        final Map<IpPrefix, List<Route>> networks = new LinkedHashMap<>();
        rib.all().forEach(route -> networks.computeIfAbsent(network(route.prefix()), key -> new ArrayList<>()).add(route));
        networks.forEach((network, routes) -> network(out, network, routes));
    }

    /** The network of a class that a prefix belongs to; itself, if it is as large or larger. */
    private static IpPrefix network(final IpPrefix prefix) {
        final int length = classLength(prefix.address());
        return prefix.length() < length ? prefix : new IpPrefix(prefix.address(), length);
    }

    private static int classLength(final IpAddress address) {
        final long first = address.low() >>> 24;
        return first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : 4;
    }

    private void network(final Output out, final IpPrefix network, final List<Route> routes) {
        if (routes.size() == 1 && routes.getFirst().prefix().equals(network)) {
            out.print(line(String.format(Locale.ROOT, "%-6s%s", code(routes.getFirst()), network), routes.getFirst()));
            return;
        }
        final long masks = routes.stream().mapToInt(route -> route.prefix().length()).distinct().count();
        final int length = routes.getFirst().prefix().length();
        out.print(masks > 1
            ? "      " + network + " is variably subnetted, " + routes.size() + " subnets, " + masks + " masks\n"
            : "      " + network.address() + "/" + length + " is subnetted, " + routes.size() + " subnets\n");
        for (final Route route : routes) {
            out.print(line(String.format(Locale.ROOT, "%-9s%s", code(route), masks > 1 ? route.prefix() : route.prefix().address()),
                route));
        }
    }

    private static String code(final Route route) {
        return switch (route.source()) {
            case CONNECTED -> "C";
            case LOCAL -> "L";
            case STATIC -> route.prefix().length() == 0 ? "S*" : "S";
        };
    }

    private String line(final String start, final Route route) {
        if (route.hop() == null) {
            return start + " is directly connected, " + name(route) + "\n";
        }
        return start + " [" + route.distance() + "/0] via " + route.hop() + (route.output() < 0 ? "" : ", " + name(route)) + "\n";
    }

    private String name(final Route route) {
        return new Interfaces(box).name(route.nowhere() ? -1 : route.output());
    }

    /** {@code show ip route A.B.C.D}. */
    private String entry(final IpAddress address) {
        final Rib rib = new Rib(box, false);
        final Optional<Route> found = rib.findAny(address).filter(route -> route.prefix().length() > 0 || address.low() == 0);
        if (found.isEmpty()) {
            final IpPrefix network = network(new IpPrefix(address, HOST));
            return rib.all().stream().anyMatch(route -> network(route.prefix()).equals(network)) ? "% Subnet not in table\n"
                : "% Network not in table\n";
        }
        final Route route = found.get();
        final boolean attached = route.source() != Source.STATIC;
        final boolean network = route.source() == Source.CONNECTED;
        final boolean supernet = route.prefix().length() < classLength(route.prefix().address());
        return "Routing entry for " + route.prefix() + (supernet ? ", supernet" : "") + "\n  Known via \""
            + (attached ? "connected" : "static") + "\", distance " + route.distance() + ", metric 0"
            + (route.hop() == null ? " (connected" + (network ? ", via interface)" : ")") : "")
            + (route.prefix().length() == 0 ? ", candidate default path" : "")
            + "\n  Routing Descriptor Blocks:\n  * " + (route.hop() == null ? "directly connected, via " + name(route)
                : route.hop() + (route.output() < 0 ? "" : ", via " + name(route)))
            + "\n      Route metric is 0, traffic share count is 1\n";
    }

    private void table6(final Output out) {
        final List<Route> routes = new Rib(box, true).all();
        out.print("IPv6 Routing Table - default - " + (routes.size() + 1) + " entries\n" + CODES_6);
        final Interfaces interfaces = new Interfaces(box);
        for (final Route route : routes) {
            final boolean host = route.source() == Source.CONNECTED && route.prefix().length() == route.prefix().address().bits();
            final String code = route.source() == Source.STATIC ? "S" : host ? "LC" : route.source() == Source.LOCAL ? "L" : "C";
            final String output = route.nowhere() ? "Null0" : route.output() < 0 ? "" : interfaces.name(route.output());
            final String how = route.source() == Source.LOCAL || host ? ", receive" : ", directly connected";
            out.print(String.format(Locale.ROOT, "%-4s%s [%d/0]\n     via %s\n", code, upper(route.prefix().address()) + "/"
                + route.prefix().length(), route.distance(), via(route.hop(), output, how)));
        }
        out.print("L   FF00::/8 [0/0]\n     via Null0, receive\n");
    }

    private static String via(final @Nullable IpAddress hop, final String output, final String how) {
        return hop == null ? output + how : upper(hop) + (output.isEmpty() ? "" : ", " + output);
    }

    private static String upper(final IpAddress address) {
        return address.toString().toUpperCase(Locale.ROOT);
    }
}
