package org.qfpsim.controlplane.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.StaticRoute;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** {@code ip route} and {@code ipv6 route}. */
final class RouteCommands {
    private static final Argument<IpAddress> NETWORK = Argument.ipv4();
    private static final Argument<IpAddress> MASK = Argument.ipv4();
    private static final Argument<IpPrefix> PREFIX6 = Argument.ipv6Prefix();
    private static final Argument<IpAddress> NEXT_HOP = Argument.ipv4();
    private static final Argument<IpAddress> NEXT_HOP6 = Argument.ipv6();
    private static final Argument<String> INTERFACE = Arguments.interfaceName(true);
    private static final Argument<Long> DISTANCE = Argument.number(1, 255);

    /** By the route without its distance. */
    private final Map<StaticRoute, StaticRoute> routes = new LinkedHashMap<>();

    RouteCommands(final Mode global) {
        final Branch root = global.commands();
        target(root.on("ip", "Global IP configuration subcommands").on("route", "Establish static routes")
            .arg(NETWORK, "Destination prefix").arg(MASK, "Destination prefix mask"), NEXT_HOP);
        target(root.on("ipv6", "Global IPv6 configuration commands").on("route", "Configure static routes")
            .arg(PREFIX6, "IPv6 prefix"), NEXT_HOP6);
    }

    private void target(final Branch prefix, final Argument<IpAddress> nextHop) {
        prefix.undo(this::remove);
        end(prefix.arg(nextHop, "Forwarding router's address"));
        final Branch byInterface = prefix.arg(INTERFACE, "Interface");
        end(byInterface.arg(nextHop, "Forwarding router's address"));
        end(byInterface);
    }

    private void end(final Branch at) {
        at.does(this::add).arg(DISTANCE, "Distance metric for this route").does(this::add);
    }

    private static IpPrefix prefix(final Input input) throws CommandRefusal {
        if (input.find(PREFIX6).isPresent()) {
            return input.get(PREFIX6);
        }
        final IpAddress network = input.get(NETWORK);
        final IpPrefix prefix = new IpPrefix(network, Arguments.maskLength(network, input.get(MASK)));
        if (!prefix.address().equals(network)) {
            throw CommandRefusal.because("Inconsistent address and mask");
        }
        return prefix;
    }

    private static @Nullable IpAddress nextHop(final Input input) {
        return input.find(NEXT_HOP).or(() -> input.find(NEXT_HOP6)).orElse(null);
    }

    private void add(final Input input) throws CommandRefusal {
        final StaticRoute route = new StaticRoute(prefix(input), input.find(INTERFACE).orElse(null), nextHop(input),
            Arguments.integer(input, DISTANCE, 1));
        routes.put(new StaticRoute(route.prefix(), route.interfaceName(), route.nextHop(), 1), route);
    }

    private void remove(final Input input) throws CommandRefusal {
        final IpPrefix prefix = prefix(input);
        final String name = input.find(INTERFACE).orElse(null);
        final IpAddress hop = nextHop(input);
        routes.values().removeIf(each -> each.prefix().equals(prefix) && (name == null || name.equals(each.interfaceName()))
            && (hop == null || hop.equals(each.nextHop())));
    }

    List<StaticRoute> build() {
        return Stream.of(false, true).flatMap(v6 -> routes.values().stream().filter(each -> each.prefix().address().v6() == v6)).toList();
    }
}
