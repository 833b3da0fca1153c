package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.scenario.Inventory.Kind;

/** Reads what happens, and when. */
final class TimelineReader {
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_ACTIONS = 200_000;
    private static final int MAX_TIMES = 100_000;
    private static final String[] KEYS = {"at", "every", "times", "say", "router", "host", "nat", "outside", "command", "quiet", "do",
        "link", "state", "set", "next", "stream"};

    private final Inventory inventory;
    private final NextFramesReader nextFrames;

    TimelineReader(final Inventory inventory, final List<Scenario.LinkSpec> links) {
        this.inventory = inventory;
        nextFrames = new NextFramesReader(inventory, links);
    }

    List<TimelineEntry> timeline(final @Nullable YamlCursor section, final long endNanos) {
        final List<TimelineEntry> entries = new ArrayList<>();
        if (section == null) {
            return entries;
        }
        for (final YamlCursor element : section.elements(MAX_ENTRIES)) {
            final Map<String, YamlCursor> at = element.entries(KEYS);
            final YamlCursor when = at.get("at");
            if (when == null) {
                throw element.error("at is missing: at: 10s");
            }
            final YamlCursor every = at.get("every");
            final YamlCursor times = at.get("times");
            if ((every == null) != (times == null)) {
                throw element.error("every and times go together");
            }
            final long step = every == null ? 0 : every.duration();
            final long count = times == null ? 1 : times.integer(1, MAX_TIMES);
            final long first = when.duration();
            if (first > endNanos || step > 0 && count - 1 > (endNanos - first) / step) {
                throw when.error("is after the end of the scenario; make its duration longer");
            }
            final List<TimelineEntry.Action> actions = actions(element, at);
            if (entries.size() + count * actions.size() > MAX_ACTIONS) {
                throw element.error("there would be more than " + MAX_ACTIONS + " actions");
            }
            for (long i = 0; i < count; i++) {
                String say = at.containsKey("say") ? at.get("say").text() : "";
                for (final TimelineEntry.Action action : actions) {
                    entries.add(new TimelineEntry(first + i * step, say, action));
                    say = "";
                }
            }
        }
        return entries;
    }

    private List<TimelineEntry.Action> actions(final YamlCursor element, final Map<String, YamlCursor> at) {
        final List<String> subjects = List.of("router", "host", "nat", "outside", "link", "stream").stream().filter(at::containsKey)
            .toList();
        if (subjects.isEmpty()) {
            only(element, at);
            if (!at.containsKey("say")) {
                throw element.error("says and does nothing; give say:, or router:, host:, nat:, link: or stream: and what to do");
            }
            return List.of(new TimelineEntry.Nothing());
        }
        if (subjects.size() > 1) {
            throw element.error("is about " + String.join(" and ", subjects) + "; make an entry for each");
        }
        final String subject = subjects.getFirst();
        final YamlCursor names = at.getOrDefault(subject, element);
        return switch (subject) {
            case "link" -> link(element, at, inventory.resolve(Kind.LINK, names));
            case "stream" -> {
                only(element, at, "do");
                final boolean on = need(element, at, "do").choice(Map.of("start", true, "stop", false));
                yield inventory.resolve(Kind.STREAM, names).stream()
                    .<TimelineEntry.Action>map(name -> new TimelineEntry.StreamSwitch(name, on)).toList();
            }
            default -> node(element, at, inventory.resolve(kind(subject), names));
        };
    }

    static Kind kind(final String key) {
        return switch (key) {
            case "router" -> Kind.ROUTER;
            case "host" -> Kind.HOST;
            case "outside" -> Kind.OUTSIDE;
            default -> Kind.NAT;
        };
    }

    private static List<TimelineEntry.Action> node(final YamlCursor element, final Map<String, YamlCursor> at, final List<String> nodes) {
        final YamlCursor command = at.get("command");
        if (command != null) {
            only(element, at, "command", "quiet");
            final boolean quiet = at.containsKey("quiet") && need(element, at, "quiet").bool();
            final String line = command.text();
            if (line.isBlank() || line.length() > 1000 || line.chars().anyMatch(c -> c < ' ')) {
                throw command.error("is not one line of 1 to 1000 characters");
            }
            return nodes.stream().<TimelineEntry.Action>map(name -> new TimelineEntry.Command(name, line, quiet)).toList();
        }
        only(element, at, "do");
        final boolean on = need(element, at, "do").choice(Map.of("crash", false, "restart", true));
        return nodes.stream().<TimelineEntry.Action>map(name -> new TimelineEntry.Power(name, on)).toList();
    }

    private List<TimelineEntry.Action> link(final YamlCursor element, final Map<String, YamlCursor> at, final List<String> links) {
        final YamlCursor set = at.get("set");
        final YamlCursor next = at.get("next");
        if (next != null) {
            only(element, at, "next");
            return links.stream().map(name -> nextFrames.read(name, next)).toList();
        }
        if (set == null) {
            only(element, at, "state");
            final boolean up = LinkReader.up(need(element, at, "state"));
            return links.stream().<TimelineEntry.Action>map(name -> new TimelineEntry.LinkState(name, up)).toList();
        }
        only(element, at, "set");
        final Map<String, YamlCursor> settings = set.entries(LinkReader.SETTINGS);
        final UnaryOperator<LinkSettings> change = LinkReader.change(settings);
        final String text = settings.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue().text())
            .collect(Collectors.joining(", "));
        return links.stream().<TimelineEntry.Action>map(name -> new TimelineEntry.LinkChange(name, text, change)).toList();
    }

    private static YamlCursor need(final YamlCursor element, final Map<String, YamlCursor> at, final String key) {
        final YamlCursor value = at.get(key);
        if (value == null) {
            throw element.error(key + " is missing: what shall be done?");
        }
        return value;
    }

    /** Refuses keys that have nothing to do with what is done: they would be ignored. */
    private static void only(final YamlCursor element, final Map<String, YamlCursor> at, final String... verbs) {
        for (final String verb : List.of("command", "quiet", "do", "state", "set", "next")) {
            if (at.containsKey(verb) && !List.of(verbs).contains(verb)) {
                throw element.error(verb + " does not go with the rest of this entry");
            }
        }
    }
}
