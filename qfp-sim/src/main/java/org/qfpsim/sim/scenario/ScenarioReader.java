package org.qfpsim.sim.scenario;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.device.Shown;
import org.qfpsim.sim.net.host.HostAddress;
import org.qfpsim.sim.scenario.Inventory.Kind;

/**
 * Reads a scenario's files. Unknown keys, names and values are refused with file, line, key and fix; docs/scenarios.md describes the
 * format. One use.
 */
final class ScenarioReader {
    private static final String CONFIG = "config";
    private static final long DEFAULT_DURATION = 60_000_000_000L;
    private static final long DEFAULT_DRAIN = 1_000_000_000L;
    private static final long DEFAULT_TOLERANCE = 250_000_000L;
    private static final long DEFAULT_NAT_TIMEOUT = 120_000_000_000L;
    private static final String DEFAULT_EPOCH = "2026-01-01T00:00:00Z";
    private static final long MAX_EPOCH_SECONDS = 4_102_444_799L;
    private static final long MAX_SEED = 999_999_999_999_999_999L;
    private static final int MAX_NODES = 20_000;
    private static final int MAX_ADDRESSES = 16;

    private final ScenarioFolder folder;
    private final Set<String> routerSettings;
    private final @Nullable Long otherSeed;
    private final Inventory inventory = new Inventory();
    private final Map<String, String> configurations = new HashMap<>();
    private long seed;
    private long epochNanos;

    private ScenarioReader(final ScenarioFolder folder, final Set<String> routerSettings, final @Nullable Long otherSeed) {
        this.folder = folder;
        this.otherSeed = otherSeed;
        this.routerSettings = routerSettings;
    }

    /**
     * Reads and checks a scenario.
     *
     * @param folder         where its files are.
     * @param routerSettings the keys that its routers may have, from {@link NodeFactory#settings}.
     * @param otherSeed      instead of the scenario's own; null for that.
     * @return the scenario.
     * @throws org.qfpsim.sim.InputException if it cannot be used.
     */
    static Scenario read(final ScenarioFolder folder, final Set<String> routerSettings, final @Nullable Long otherSeed) {
        return parse(folder.read(ScenarioFolder.SCENARIO_FILE), folder, routerSettings, otherSeed);
    }

    /** As {@link #read}, with the content of the scenario file given. */
    static Scenario parse(final byte[] file, final ScenarioFolder folder, final Set<String> routerSettings,
                          final @Nullable Long otherSeed) {
        return new ScenarioReader(folder, routerSettings, otherSeed).read(YamlFile.parse(file, folder.shown(ScenarioFolder.SCENARIO_FILE)));
    }

    /** The title alone, for lists. */
    static String title(final ScenarioFolder folder) {
        final YamlCursor title = YamlFile.parse(folder.read(ScenarioFolder.SCENARIO_FILE), folder.shown(ScenarioFolder.SCENARIO_FILE))
            .entries().get("title");
        return title == null ? "" : title.text();
    }

    private Scenario read(final YamlCursor root) {
        final Map<String, YamlCursor> at = root.entries("title", "seed", "duration", "drain", "tolerance", "epoch", "routers", "hosts",
            "nats", "outside", "links", "streams", "timeline", "expect");
        final YamlCursor title = at.get("title");
        if (title == null) {
            throw root.error("title is missing: one line that says what the scenario shows");
        }
        final YamlCursor seedAt = at.get("seed");
        final long ownSeed = seedAt == null ? 1 : seedAt.integer(0, MAX_SEED);
        final YamlCursor outsideAt = at.get("outside");
        seed = otherSeed != null ? otherSeed : outsideAt == null ? ownSeed : RouterSpec.UNPREDICTABLE;
        final YamlCursor epochAt = at.get("epoch");
        final String start = seed == RouterSpec.UNPREDICTABLE ? Instant.now().toString() : DEFAULT_EPOCH;
        epochNanos = epochAt == null ? epoch(start) : epochAt.parsed(ScenarioReader::epoch);
        final long duration = duration(at.get("duration"), DEFAULT_DURATION);
        final long drain = duration(at.get("drain"), DEFAULT_DRAIN);
        final long tolerance = duration(at.get("tolerance"), DEFAULT_TOLERANCE);
        final List<RouterSpec> routers = routers(at.get("routers"));
        final List<Scenario.HostSpec> hosts = hosts(at.get("hosts"));
        final List<Scenario.NatSpec> nats = nats(at.get("nats"));
        final List<Scenario.OutsideSpec> outside = outside(outsideAt);
        final List<Scenario.LinkSpec> links = new LinkReader(inventory).links(at.get("links"));
        final List<Scenario.StreamPlan> streams = new StreamReader(inventory, hosts, seed).streams(at.get("streams"));
        final List<TimelineEntry> timeline = new TimelineReader(inventory, links).timeline(at.get("timeline"), duration + drain);
        final List<Expectation> expectations = new ExpectationReader(inventory, duration + drain).expectations(at.get("expect"));
        return new Scenario(folder.name(), title.text(), seed, duration, drain, tolerance, epochNanos, routers, hosts, nats, outside, links,
            streams, timeline, expectations, List.of());
    }

    private static long epoch(final String text) {
        final long seconds;
        try {
            seconds = Instant.parse(text).getEpochSecond();
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(Shown.value(text) + " is not a time such as " + DEFAULT_EPOCH, e);
        }
        // What a capture can hold, with room for the run.
        if (seconds < 0 || seconds > MAX_EPOCH_SECONDS) {
            throw new IllegalArgumentException(Shown.value(text) + " is not within the years 1970 to 2099");
        }
        return seconds * 1_000_000_000L;
    }

    private static long duration(final @Nullable YamlCursor given, final long otherwise) {
        return given == null ? otherwise : given.duration();
    }

    /** Reads the entry of a named thing, once for each name that it stands for. */
    interface EntryReader {
        void read(Names.Name name, YamlCursor entry);
    }

    static void each(final @Nullable YamlCursor section, final Kind kind, final Inventory inventory, final EntryReader reader) {
        if (section == null) {
            return;
        }
        int count = 0;
        for (final Map.Entry<String, YamlCursor> entry : section.entries().entrySet()) {
            final YamlCursor value = entry.getValue();
            for (final Names.Name name : value.checked(() -> Names.expand(entry.getKey()))) {
                if (++count > MAX_NODES) {
                    throw value.error("there are more than " + MAX_NODES + " entries");
                }
                inventory.add(kind, name.name(), value);
                reader.read(name, value.numbered(name.n()));
            }
        }
    }

    private List<RouterSpec> routers(final @Nullable YamlCursor section) {
        final List<RouterSpec> routers = new ArrayList<>();
        each(section, Kind.ROUTER, inventory, (name, entry) -> {
            final Map<String, String> settings = new LinkedHashMap<>();
            String file = name.stem() + ".cfg";
            final List<String> known = new ArrayList<>(routerSettings);
            known.add(CONFIG);
            for (final Map.Entry<String, YamlCursor> setting : entry.entries(known.toArray(String[]::new)).entrySet()) {
                if (setting.getKey().equals(CONFIG)) {
                    file = setting.getValue().parsed(ScenarioReader::fileName);
                } else {
                    settings.put(setting.getKey(), setting.getValue().text());
                }
            }
            final String text = configurations.computeIfAbsent(file, from -> new String(folder.read(from), StandardCharsets.UTF_8));
            routers.add(new RouterSpec(name.name(), Names.fill(text, name.n()), folder.shown(file), settings,
                seed == RouterSpec.UNPREDICTABLE ? seed : seed * 31 + name.name().hashCode(), epochNanos));
        });
        return routers;
    }

    private static String fileName(final String text) {
        if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}")) {
            throw new IllegalArgumentException(Shown.value(text) + " is not a file name within the scenario's folder");
        }
        return text;
    }

    private List<Scenario.HostSpec> hosts(final @Nullable YamlCursor section) {
        final List<Scenario.HostSpec> hosts = new ArrayList<>();
        each(section, Kind.HOST, inventory, (name, entry) -> {
            final Map<String, YamlCursor> at = entry.entries("ipv4", "gateway", "ipv6", "gateway6");
            final List<HostAddress> addresses = new ArrayList<>();
            address(at, "ipv4", "gateway", false, addresses);
            address(at, "ipv6", "gateway6", true, addresses);
            if (addresses.isEmpty()) {
                throw entry.error("has no address; give ipv4: 10.1.0.10/24 or ipv6");
            }
            hosts.add(new Scenario.HostSpec(name.name(), addresses));
        });
        return hosts;
    }

    private static void address(final Map<String, YamlCursor> at, final String key, final String gatewayKey, final boolean v6,
                                final List<HostAddress> addresses) {
        final YamlCursor gateway = at.get(gatewayKey);
        final YamlCursor address = at.get(key);
        if (address == null) {
            if (gateway != null) {
                throw gateway.error("goes with " + key + ", which is missing");
            }
            return;
        }
        final @Nullable IpAddress via = gateway == null ? null : gateway.parsed(IpAddress::parse);
        final HostAddress parsed = address.parsed(text -> HostAddress.parse(text, via));
        if (parsed.address().v6() != v6) {
            throw address.error(parsed.address() + " is of the other family");
        }
        addresses.add(parsed);
    }

    /** An address with its length, or {@code lo:} in front of one for loopback. */
    private static String prefix(final String text) {
        HostAddress.parse(text.startsWith("lo:") ? text.substring(3) : text, null);
        return text;
    }

    private List<Scenario.OutsideSpec> outside(final @Nullable YamlCursor section) {
        final List<Scenario.OutsideSpec> outside = new ArrayList<>();
        each(section, Kind.OUTSIDE, inventory, (name, entry) -> {
            final Map<String, YamlCursor> at = entry.entries("port", "strongswan", "addresses", "gateway");
            final YamlCursor port = at.get("port");
            if (port != null && at.size() == 1) {
                outside.add(new Scenario.OutsideSpec(name.name(), port.text(), "", List.of(), ""));
                return;
            }
            final YamlCursor daemon = at.get("strongswan");
            final YamlCursor addresses = at.get("addresses");
            final YamlCursor gateway = at.get("gateway");
            if (port != null || daemon == null || addresses == null || gateway == null) {
                throw entry.error("needs port: \"eth:veth0\"; or strongswan: FILE, addresses: [10.9.0.1/24] and gateway: 10.9.0.2");
            }
            outside.add(new Scenario.OutsideSpec(name.name(), "",
                new String(folder.read(daemon.parsed(ScenarioReader::fileName)), StandardCharsets.UTF_8),
                addresses.elements(MAX_ADDRESSES).stream().map(each -> each.parsed(ScenarioReader::prefix)).toList(),
                gateway.parsed(IpAddress::parse).toString()));
        });
        return outside;
    }

    private List<Scenario.NatSpec> nats(final @Nullable YamlCursor section) {
        final List<Scenario.NatSpec> nats = new ArrayList<>();
        each(section, Kind.NAT, inventory, (name, entry) -> {
            final Map<String, YamlCursor> at = entry.entries("inside", "outside", "gateway", "timeout");
            final List<HostAddress> addresses = new ArrayList<>();
            address(at, "inside", "", false, addresses);
            address(at, "outside", "gateway", false, addresses);
            if (addresses.size() != 2) {
                throw entry.error("needs inside: 192.168.1.1/24 and outside: 203.0.113.1/24");
            }
            nats.add(new Scenario.NatSpec(name.name(), addresses.getFirst(), addresses.getLast(),
                duration(at.get("timeout"), DEFAULT_NAT_TIMEOUT)));
        });
        return nats;
    }
}
