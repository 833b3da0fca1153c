package org.qfpsim.sim.device;

import java.util.Map;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Reads the fields src, dst, protocol, sport and dport, which selectors and policies share. */
final class SelectorReader {
    private static final Map<String, Integer> PROTOCOLS =
        Map.of("any", TrafficSelector.ANY_PROTOCOL, "icmp", 1, "tcp", 6, "udp", 17, "icmpv6", 58, "sctp", 132);
    private static final int MAX_PORT = 65535;
    private static final int[] ANY_PORT = {0, MAX_PORT};

    private SelectorReader() {
    }

    static TrafficSelector read(final JsonCursor object) {
        final IpPrefix source = prefix(object.at("src"));
        final IpPrefix destination = prefix(object.at("dst"));
        if (source.address().v6() != destination.address().v6()) {
            throw object.at("dst").error(destination + " and src " + source + " are of different families");
        }
        final int[] sport = ports(object, "sport");
        final int[] dport = ports(object, "dport");
        return new TrafficSelector(source, destination, protocol(object), sport[0], sport[1], dport[0], dport[1]);
    }

    private static IpPrefix prefix(final JsonCursor value) {
        return value.parsed(IpPrefix::parse, "an address or prefix such as 10.0.0.0/8 or 2001:db8::/32");
    }

    private static int protocol(final JsonCursor object) {
        if (!object.has("protocol")) {
            return TrafficSelector.ANY_PROTOCOL;
        }
        final JsonCursor value = object.at("protocol");
        return value.node().isTextual() ? value.choice(PROTOCOLS) : (int) value.integer(255);
    }

    /** A port, or {@code "1024-2047"}, or {@code "any"}. */
    private static int[] ports(final JsonCursor object, final String field) {
        if (!object.has(field)) {
            return ANY_PORT;
        }
        final JsonCursor value = object.at(field);
        if (!value.node().isTextual()) {
            final int port = (int) value.integer(MAX_PORT);
            return new int[] {port, port};
        }
        if (value.text().equals("any")) {
            return ANY_PORT;
        }
        final String[] ends = value.text().matches("\\d{1,5}-\\d{1,5}") ? value.text().split("-", -1) : new String[] {"1", "0"};
        final int[] range = {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
        if (range[0] > range[1] || range[1] > MAX_PORT) {
            throw value.error(Shown.value(value.text()) + " is not a port, a range such as \"1024-2047\", or \"any\"");
        }
        return range;
    }
}
