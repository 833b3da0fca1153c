package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.scenario.Inventory.Kind;

/** Reads links and what they do to frames. */
final class LinkReader {
    /** The settings that a link has from the start and that a timeline entry may change. */
    static final String[] SETTINGS = {"delay", "jitter", "loss", "duplicate", "reorder", "reorder-by", "corrupt", "mtu", "queue"};
    private static final int MAX_PORTS = 10_000;

    private final Inventory inventory;

    LinkReader(final Inventory inventory) {
        this.inventory = inventory;
    }

    List<Scenario.LinkSpec> links(final @Nullable YamlCursor section) {
        final List<Scenario.LinkSpec> links = new ArrayList<>();
        ScenarioReader.each(section, Kind.LINK, inventory, (name, entry) -> {
            final List<String> known = new ArrayList<>(List.of(SETTINGS));
            known.add("ports");
            known.add("state");
            final Map<String, YamlCursor> at = new LinkedHashMap<>(entry.entries(known.toArray(String[]::new)));
            final YamlCursor state = at.remove("state");
            final YamlCursor ports = at.remove("ports");
            if (ports == null) {
                throw entry.error("ports is missing: [h1, r1 GigabitEthernet0/0/0]");
            }
            links.add(new Scenario.LinkSpec(name.name(), change(at).apply(LinkSettings.DEFAULT), state == null || up(state), ports(ports)));
        });
        return links;
    }

    static boolean up(final YamlCursor state) {
        return state.choice(Map.of("up", true, "down", false));
    }

    private List<Scenario.Port> ports(final YamlCursor list) {
        final List<Scenario.Port> ports = new ArrayList<>();
        for (final YamlCursor element : list.elements(MAX_PORTS)) {
            final String text = element.text().strip();
            final int blank = text.indexOf(' ');
            final String nodes = blank < 0 ? text : text.substring(0, blank);
            final String interfaceName = blank < 0 ? "" : text.substring(blank + 1).strip();
            for (final String node : inventory.resolveNodes(element, nodes)) {
                ports.add(new Scenario.Port(node, interfaceName, element));
                if (ports.size() > MAX_PORTS) {
                    throw list.error("has more than " + MAX_PORTS + " ports");
                }
            }
        }
        if (ports.size() < 2) {
            throw list.error("a link has at least two ports");
        }
        return ports;
    }

    /** What a mapping of settings changes; each value is checked here, with the others at their defaults. */
    static UnaryOperator<LinkSettings> change(final Map<String, YamlCursor> at) {
        final List<UnaryOperator<LinkSettings>> changes = new ArrayList<>();
        at.forEach((key, value) -> {
            final UnaryOperator<LinkSettings> change = change(key, value);
            value.checked(() -> change.apply(LinkSettings.DEFAULT));
            changes.add(change);
        });
        return settings -> {
            LinkSettings changed = settings;
            for (final UnaryOperator<LinkSettings> change : changes) {
                changed = change.apply(changed);
            }
            return changed;
        };
    }

    private static UnaryOperator<LinkSettings> change(final String key, final YamlCursor value) {
        switch (key) {
            case "delay", "jitter", "reorder-by" -> {
                final long nanos = value.duration();
                return settings -> switch (key) {
                    case "delay" -> settings.withDelay(nanos);
                    case "jitter" -> settings.withJitter(nanos);
                    default -> settings.withReorder(settings.reorder(), nanos);
                };
            }
            case "mtu", "queue" -> {
                final int count = (int) value.integer(0, Integer.MAX_VALUE);
                return settings -> key.equals("mtu") ? settings.withMtu(count) : settings.withQueue(count);
            }
            default -> {
                final double probability = value.percent();
                return settings -> switch (key) {
                    case "loss" -> settings.withLoss(probability);
                    case "duplicate" -> settings.withDuplicate(probability);
                    case "reorder" -> settings.withReorder(probability, settings.reorderByNanos());
                    default -> settings.withCorrupt(probability);
                };
            }
        }
    }
}
