package org.qfpsim.sim.scenario;

import java.util.List;
import java.util.Map;
import org.qfpsim.sim.net.FrameFault;
import org.qfpsim.sim.net.FrameFilter;

/** Reads what shall happen to the next frames of a kind: {@code next: {match: ike quick-mode, from: r1, skip: 1, drop: 1}}. */
final class NextFramesReader {
    private static final int MAX_FRAMES = 1_000_000;
    private static final List<String> FATES = List.of("drop", "hold", "duplicate");

    private final Inventory inventory;
    private final List<Scenario.LinkSpec> links;

    NextFramesReader(final Inventory inventory, final List<Scenario.LinkSpec> links) {
        this.inventory = inventory;
        this.links = links;
    }

    TimelineEntry.Action read(final String link, final YamlCursor next) {
        final Map<String, YamlCursor> at = next.entries("match", "from", "skip", "frames", "drop", "hold", "duplicate");
        final YamlCursor match = at.get("match");
        if (match == null) {
            throw next.error("match is missing: match: ike quick-mode");
        }
        final FrameFilter filter = match.parsed(FrameFilter::parse);
        final List<String> given = FATES.stream().filter(at::containsKey).toList();
        if (given.size() != 1) {
            throw next.error("needs one of drop: 1, hold: 200ms, duplicate: 200ms");
        }
        final YamlCursor value = at.getOrDefault(given.getFirst(), next);
        final boolean drop = given.getFirst().equals("drop");
        if (drop && at.containsKey("frames")) {
            throw at.getOrDefault("frames", next).error("goes with hold and duplicate; drop: says itself how many");
        }
        final int frames = drop ? count(value, 1) : at.containsKey("frames") ? count(at.getOrDefault("frames", next), 1) : 1;
        final long nanos = drop ? 0 : value.duration();
        final int skip = at.containsKey("skip") ? count(at.getOrDefault("skip", next), 0) : 0;
        final FrameFault.Fate fate = switch (given.getFirst()) {
            case "drop" -> FrameFault.Fate.DROP;
            case "hold" -> FrameFault.Fate.HOLD;
            default -> FrameFault.Fate.DUPLICATE;
        };
        final FrameFault.Plan plan = value.checked(() -> new FrameFault.Plan(filter, skip, frames, fate, nanos));
        final String from = at.containsKey("from") ? sender(link, at.getOrDefault("from", next)) : "";
        final String later = switch (fate) {
            case DROP -> "";
            case HOLD -> " for " + value.text();
            case DUPLICATE -> " after " + value.text();
        };
        final String sender = from.isEmpty() ? "" : " from " + from;
        return new TimelineEntry.NextFrames(link, from, plan,
            "link " + link + ": " + filter.text() + sender + " is " + fate.done() + later);
    }

    private static int count(final YamlCursor value, final int least) {
        return (int) value.integer(least, MAX_FRAMES);
    }

    private String sender(final String link, final YamlCursor from) {
        final List<String> nodes = inventory.resolveNodes(from, from.text());
        final boolean there = nodes.size() == 1 && links.stream().filter(spec -> spec.name().equals(link))
            .flatMap(spec -> spec.ports().stream()).anyMatch(port -> port.node().equals(nodes.getFirst()));
        if (!there) {
            throw from.error("is not one node at link " + link);
        }
        return nodes.getFirst();
    }
}
