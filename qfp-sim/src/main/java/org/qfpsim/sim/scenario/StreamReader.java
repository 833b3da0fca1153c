package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.sim.net.host.HostAddress;
import org.qfpsim.sim.net.host.StreamSpec;
import org.qfpsim.sim.scenario.Inventory.Kind;

/** Reads streams. */
final class StreamReader {
    private static final Map<String, StreamSpec.Kind> KINDS =
        Map.of("udp", StreamSpec.Kind.UDP, "ping", StreamSpec.Kind.PING, "esp", StreamSpec.Kind.ESP);
    private static final int DEFAULT_RATE = 10;
    private static final int DEFAULT_SIZE = 100;
    private static final long MAX_SPI = 0xffff_ffffL;

    private final Inventory inventory;
    private final Map<String, List<HostAddress>> hosts = new HashMap<>();
    private final long seed;

    StreamReader(final Inventory inventory, final List<Scenario.HostSpec> hosts, final long seed) {
        this.inventory = inventory;
        this.seed = seed;
        hosts.forEach(host -> this.hosts.put(host.name(), host.addresses()));
    }

    List<Scenario.StreamPlan> streams(final @Nullable YamlCursor section) {
        final List<Scenario.StreamPlan> streams = new ArrayList<>();
        ScenarioReader.each(section, Kind.STREAM, inventory, (name, entry) ->
            streams.add(stream(name.name(), streams.size() + 1, entry)));
        return streams;
    }

    private Scenario.StreamPlan stream(final String name, final int id, final YamlCursor entry) {
        final Map<String, YamlCursor> at =
            entry.entries("from", "to", "kind", "rate", "size", "limit", "start", "stop", "spoof", "spi");
        final YamlCursor fromAt = at.get("from");
        final YamlCursor toAt = at.get("to");
        if (fromAt == null || toAt == null) {
            throw entry.error("needs from: a host, and to: a host or an address");
        }
        final String from = one(Kind.HOST, fromAt);
        final IpAddress to = destination(toAt);
        final YamlCursor kindAt = at.get("kind");
        final StreamSpec.Kind kind = kindAt == null ? StreamSpec.Kind.UDP : kindAt.choice(KINDS);
        final YamlCursor spoofAt = at.get("spoof");
        final @Nullable IpPrefix spoof = spoofAt == null ? null : spoofAt.parsed(IpPrefix::parse);
        final int rate = (int) number(at.get("rate"), DEFAULT_RATE, Integer.MAX_VALUE);
        final int size = (int) number(at.get("size"), DEFAULT_SIZE, Integer.MAX_VALUE);
        final long limit = number(at.get("limit"), StreamSpec.MAX_PACKETS, Long.MAX_VALUE);
        final long spi = number(at.get("spi"), 0, MAX_SPI);
        final IpAddress source = source(from, to.v6(), fromAt);
        final StreamSpec spec = entry.checked(() ->
            new StreamSpec(id, name, kind, source, to, rate, size, limit, seed * 31 + id, spoof, spi));
        return new Scenario.StreamPlan(spec, from, time(at.get("start")), time(at.get("stop")));
    }

    private String one(final Kind kind, final YamlCursor value) {
        final List<String> names = inventory.resolve(kind, value);
        if (names.size() != 1) {
            throw value.error("names more than one " + kind.word());
        }
        return names.getFirst();
    }

    private IpAddress destination(final YamlCursor value) {
        final String text = value.text();
        if (hosts.containsKey(text)) {
            return hosts.getOrDefault(text, List.of()).getFirst().address();
        }
        if (text.indexOf(':') >= 0 || Character.digit(text.isEmpty() ? ' ' : text.charAt(0), 10) >= 0) {
            return value.parsed(IpAddress::parse);
        }
        one(Kind.HOST, value);
        throw value.error("is not a host or an address");
    }

    private IpAddress source(final String host, final boolean v6, final YamlCursor where) {
        return hosts.getOrDefault(host, List.of()).stream().map(HostAddress::address).filter(address -> address.v6() == v6).findFirst()
            .orElseThrow(() -> where.error("the host has no address of the destination's family"));
    }

    private static long number(final @Nullable YamlCursor value, final long otherwise, final long most) {
        return value == null ? otherwise : value.integer(0, most);
    }

    private static long time(final @Nullable YamlCursor value) {
        return value == null ? Scenario.StreamPlan.NEVER : value.duration();
    }
}
