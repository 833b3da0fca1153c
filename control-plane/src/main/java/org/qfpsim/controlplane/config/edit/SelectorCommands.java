package org.qfpsim.controlplane.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** What follows {@code permit} and {@code deny}: protocol, source, destination, ports. */
public final class SelectorCommands {
    /** Protocols with a name, as access lists print them. */
    public static final Map<Integer, String> PROTOCOLS = new LinkedHashMap<>();

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int MAX_PORT = 65_535;
    private static final Argument<Long> PROTOCOL = Argument.number(0, 255);
    private static final Side SOURCE = new Side();
    private static final Side DESTINATION = new Side();

    static {
        PROTOCOLS.put(51, "ahp");
        PROTOCOLS.put(88, "eigrp");
        PROTOCOLS.put(50, "esp");
        PROTOCOLS.put(47, "gre");
        PROTOCOLS.put(1, "icmp");
        PROTOCOLS.put(89, "ospf");
        PROTOCOLS.put(TCP, "tcp");
        PROTOCOLS.put(UDP, "udp");
    }

    private SelectorCommands() {
    }

    /** What is done with a line. */
    @FunctionalInterface
    interface Sink {
        /**
         * Adds or removes a line.
         *
         * @param input    the line.
         * @param negated  whether it is to be removed.
         * @param selector what it says.
         * @throws CommandRefusal if that cannot be.
         */
        void accept(Input input, boolean negated, TrafficSelector selector) throws CommandRefusal;
    }

    /** Arguments of one end; the keywords are told apart by position, so each way of writing it has arguments of its own. */
    private static final class Side {
        private final Argument<IpAddress> host = Argument.ipv4();
        private final Argument<IpAddress> host6 = Argument.ipv6();
        private final Argument<IpAddress> base = Argument.ipv4();
        private final Argument<IpAddress> wildcard = Argument.ipv4();
        private final Argument<IpPrefix> prefix6 = Argument.ipv6Prefix();
        private final Argument<Long> equal = Argument.number(0, MAX_PORT);
        private final Argument<Long> greater = Argument.number(0, MAX_PORT - 1);
        private final Argument<Long> less = Argument.number(1, MAX_PORT);
        private final Argument<Long> low = Argument.number(0, MAX_PORT);
        private final Argument<Long> high = Argument.number(0, MAX_PORT);

        IpPrefix prefix(final Input input, final boolean v6) throws CommandRefusal {
            final Argument<IpAddress> single = v6 ? host6 : host;
            if (input.find(single).isPresent()) {
                return new IpPrefix(input.get(single), v6 ? 128 : 32);
            }
            if (input.find(prefix6).isPresent()) {
                return input.get(prefix6);
            }
            if (input.find(base).isEmpty()) {
                return IpPrefix.any(v6);
            }
            final int length = Integer.numberOfLeadingZeros((int) input.get(wildcard).low());
            if (input.get(wildcard).low() != 0xffff_ffffL >>> length && length < 32 || length == 32 && input.get(wildcard).low() != 0) {
                // A traffic selector is a range of addresses.
                throw CommandRefusal.because("Wildcard mask " + input.get(wildcard)
                    + " is not supported: its set bits must all be at its end");
            }
            return new IpPrefix(input.get(base), length);
        }

        int lowPort(final Input input) {
            return input.find(equal).or(() -> input.find(low)).or(() -> input.find(greater).map(port -> port + 1)).orElse(0L).intValue();
        }

        int highPort(final Input input) {
            return input.find(equal).or(() -> input.find(high)).or(() -> input.find(less).map(port -> port - 1))
                .orElse((long) MAX_PORT).intValue();
        }
    }

    static void register(final Branch at, final boolean v6, final Sink sink) {
        final Branch plain = address(address(end(v6, sink), DESTINATION, v6), SOURCE, v6);
        final Branch ported = address(ports(address(ports(end(v6, sink), DESTINATION), DESTINATION, v6), SOURCE), SOURCE, v6);
        for (final String word : List.of("deny", "permit")) {
            final Branch action = at.on(word, "Specify packets to " + word);
            action.on(v6 ? "ipv6" : "ip", "Any Internet Protocol").as(plain);
            PROTOCOLS.forEach((number, name) -> action.on(name, "Protocol " + number).as(number == TCP || number == UDP ? ported : plain));
            action.arg(PROTOCOL, "An IP protocol number").as(plain);
        }
    }

    private static Branch end(final boolean v6, final Sink sink) {
        return Branch.root().does(in -> sink.accept(in, false, selector(in, v6))).undo(in -> sink.accept(in, true, selector(in, v6)));
    }

    private static Branch address(final Branch next, final Side side, final boolean v6) {
        final Branch at = Branch.root();
        at.on("any", "Any host").as(next);
        at.on("host", "A single host").arg(v6 ? side.host6 : side.host, "Host address").as(next);
        if (v6) {
            at.arg(side.prefix6, "IPv6 prefix").as(next);
        } else {
            at.arg(side.base, "Address").arg(side.wildcard, "Wildcard bits").as(next);
        }
        return at;
    }

    /** Ports, then what is next; or what is next at once. */
    private static Branch ports(final Branch next, final Side side) {
        final Branch at = next.copy();
        at.on("eq", "Match only packets on a given port number").arg(side.equal, "Port number").as(next);
        at.on("gt", "Match only packets with a greater port number").arg(side.greater, "Port number").as(next);
        at.on("lt", "Match only packets with a lower port number").arg(side.less, "Port number").as(next);
        at.on("range", "Match only packets in the range of port numbers").arg(side.low, "First port").arg(side.high, "Last port").as(next);
        return at;
    }

    private static TrafficSelector selector(final Input input, final boolean v6) throws CommandRefusal {
        final int protocol = input.find(PROTOCOL).map(Math::toIntExact).orElseGet(() -> PROTOCOLS.entrySet().stream()
            .filter(each -> input.has(each.getValue())).map(Map.Entry::getKey).findFirst().orElse(TrafficSelector.ANY_PROTOCOL));
        final int sourceLow = SOURCE.lowPort(input);
        final int sourceHigh = SOURCE.highPort(input);
        final int destinationLow = DESTINATION.lowPort(input);
        final int destinationHigh = DESTINATION.highPort(input);
        if (sourceLow > sourceHigh) {
            throw input.invalid(SOURCE.high);
        }
        if (destinationLow > destinationHigh) {
            throw input.invalid(DESTINATION.high);
        }
        return new TrafficSelector(SOURCE.prefix(input, v6), DESTINATION.prefix(input, v6), protocol, sourceLow, sourceHigh,
            destinationLow, destinationHigh);
    }
}
