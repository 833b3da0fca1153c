package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.scenario.Inventory.Kind;

/** Reads what must be so. */
final class ExpectationReader {
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_EXPECTATIONS = 100_000;
    private static final String[] KEYS = {"at", "from", "until", "router", "host", "nat", "outside", "counter", "log", "command",
        "contains", "lacks", "stream", "link", "measure", "is", "min", "max", "slack"};
    private static final Map<String, StreamMeasure> STREAM_MEASURES =
        Arrays.stream(StreamMeasure.values()).collect(Collectors.toMap(StreamMeasure::token, Function.identity()));
    private static final Map<String, LinkMeasure> LINK_MEASURES =
        Arrays.stream(LinkMeasure.values()).collect(Collectors.toMap(LinkMeasure::token, Function.identity()));

    private final Inventory inventory;
    private final long endNanos;

    /** Makes the subject for one of the names that an expectation is about. */
    private interface SubjectOf {
        Expectation.Subject subject(String name);
    }

    ExpectationReader(final Inventory inventory, final long endNanos) {
        this.inventory = inventory;
        this.endNanos = endNanos;
    }

    List<Expectation> expectations(final @Nullable YamlCursor section) {
        final List<Expectation> all = new ArrayList<>();
        if (section != null) {
            int group = 0;
            for (final YamlCursor element : section.elements(MAX_ENTRIES)) {
                read(element, element.entries(KEYS), group++, all);
                if (all.size() > MAX_EXPECTATIONS) {
                    throw element.error("there are more than " + MAX_EXPECTATIONS + " expectations");
                }
            }
        }
        return all;
    }

    private void read(final YamlCursor element, final Map<String, YamlCursor> at, final int group, final List<Expectation> all) {
        final List<String> subjects = List.of("router", "host", "nat", "outside", "stream", "link").stream().filter(at::containsKey)
            .toList();
        if (subjects.size() != 1) {
            throw element.error("is about " + (subjects.isEmpty() ? "nothing" : String.join(" and ", subjects))
                + "; give one of router:, host:, nat:, stream:, link:");
        }
        final YamlCursor names = at.getOrDefault(subjects.getFirst(), element);
        switch (subjects.getFirst()) {
            case "stream" -> {
                final StreamMeasure measure = need(element, at, "measure").choice(STREAM_MEASURES);
                add(element, at, group, all, inventory.resolve(Kind.STREAM, names), "stream %s " + measure.token(), measure.isTime(),
                    name -> new Expectation.OfStream(name, measure), "measure");
            }
            case "link" -> {
                final LinkMeasure measure = need(element, at, "measure").choice(LINK_MEASURES);
                add(element, at, group, all, inventory.resolve(Kind.LINK, names), "link %s " + measure.token(), false,
                    name -> new Expectation.OfLink(name, measure), "measure");
            }
            default -> node(element, at, group, all, inventory.resolve(TimelineReader.kind(subjects.getFirst()), names));
        }
    }

    private void node(final YamlCursor element, final Map<String, YamlCursor> at, final int group, final List<Expectation> all,
                      final List<String> nodes) {
        if (at.containsKey("counter")) {
            final String counter = need(element, at, "counter").text();
            add(element, at, group, all, nodes, "%s counter " + counter, false, name -> new Expectation.Counter(name, counter), "counter");
        } else if (at.containsKey("log")) {
            final String text = need(element, at, "log").text();
            final long from = at.containsKey("from") ? time(element, at, "from") : 0;
            final long until = at.containsKey("until") ? time(element, at, "until") : endNanos;
            final String when =
                from == 0 && until == endNanos ? "" : " from " + Story.seconds(from) + " s to " + Story.seconds(until) + " s";
            add(element, at, group, all, nodes, "%s log lines with '" + text + "'" + when, false,
                name -> new Expectation.LogLines(name, text, from, until), "log", "from", "until");
        } else {
            final String command = need(element, at, "command").text();
            final boolean wanted = at.containsKey("contains");
            if (wanted == at.containsKey("lacks")) {
                throw element.error("needs contains: or lacks: text of the command's output");
            }
            final String text = need(element, at, wanted ? "contains" : "lacks").text();
            only(element, at, "command", "contains", "lacks", "at");
            for (final String name : nodes) {
                all.add(new Expectation(name + "#" + command + (wanted ? " contains '" : " lacks '") + text + "'", group, when(element, at),
                    new Expectation.Output(name, command, text), new Expectation.Range(wanted ? 1 : 0, wanted ? 1 : 0, 0, false)));
            }
        }
    }

    private void add(final YamlCursor element, final Map<String, YamlCursor> at, final int group, final List<Expectation> all,
                     final List<String> names, final String text, final boolean time, final SubjectOf maker, final String... keys) {
        final List<String> allowed = new ArrayList<>(List.of("is", "min", "max", "slack", "at"));
        allowed.addAll(List.of(keys));
        only(element, at, allowed.toArray(String[]::new));
        final boolean log = allowed.contains("log");
        final Expectation.Range range = range(element, at, time, log);
        for (final String name : names) {
            all.add(new Expectation(text.replaceFirst("%s", name), group, when(element, at), maker.subject(name), range));
        }
    }

    private Expectation.Range range(final YamlCursor element, final Map<String, YamlCursor> at, final boolean time, final boolean log) {
        final long slack = at.containsKey("slack") ? value(element, at, "slack", time) : Expectation.Range.BY_RULE;
        if (at.containsKey("is")) {
            only(element, at, "counter", "log", "from", "until", "measure", "is", "slack", "at");
            final long is = value(element, at, "is", time);
            return new Expectation.Range(is, is, slack, time);
        }
        if (!at.containsKey("min") && !at.containsKey("max") && !log) {
            throw element.error("needs is: or min: or max:");
        }
        final long min = at.containsKey("min") ? value(element, at, "min", time) : log && !at.containsKey("max") ? 1 : 0;
        final long max = at.containsKey("max") ? value(element, at, "max", time) : Long.MAX_VALUE;
        if (min > max) {
            throw element.error("min is more than max");
        }
        return new Expectation.Range(min, max, slack, time);
    }

    private static long value(final YamlCursor element, final Map<String, YamlCursor> at, final String key, final boolean time) {
        final YamlCursor value = need(element, at, key);
        return time ? value.duration() : value.integer(0, 999_999_999_999_999_999L);
    }

    private long when(final YamlCursor element, final Map<String, YamlCursor> at) {
        return at.containsKey("at") ? time(element, at, "at") : endNanos;
    }

    private long time(final YamlCursor element, final Map<String, YamlCursor> at, final String key) {
        final long nanos = need(element, at, key).duration();
        if (nanos > endNanos) {
            throw need(element, at, key).error("is after the end of the scenario");
        }
        return nanos;
    }

    private static YamlCursor need(final YamlCursor element, final Map<String, YamlCursor> at, final String key) {
        final YamlCursor value = at.get(key);
        if (value == null) {
            throw element.error(key + " is missing");
        }
        return value;
    }

    /** Refuses keys that would be ignored. */
    private static void only(final YamlCursor element, final Map<String, YamlCursor> at, final String... allowed) {
        final List<String> known = new ArrayList<>(List.of(allowed));
        known.addAll(List.of("router", "host", "nat", "outside", "stream", "link"));
        for (final String key : at.keySet()) {
            if (!known.contains(key)) {
                throw element.error(key + " does not go with the rest of this expectation");
            }
        }
    }
}
