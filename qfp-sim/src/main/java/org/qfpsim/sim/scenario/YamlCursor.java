package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place in a YAML file: its value, and its line and path for messages such as
 * {@code scenario.yaml: line 12: $.links.wan.dely: unknown key; did you mean delay?}.
 *
 * @param file what the user called the file.
 * @param path from {@code $}.
 * @param node the value.
 * @param n    the number that <code>${n}</code> stands for.
 */
record YamlCursor(String file, String path, Node node, int n) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,9}))?(ns|us|ms|s|m|h)");
    private static final Map<String, Long> UNITS =
        Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
    /** A hundred days. */
    private static final long MAX_NANOS = 8_640_000_000_000_000L;
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)%");

    InputException error(final String problem) {
        return new InputException(file + ": line " + line() + ": " + path + ": " + problem);
    }

    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private YamlCursor child(final String step, final Node value) {
        return new YamlCursor(file, path + step, value, n);
    }

    /** The same place as seen by one of many. */
    YamlCursor numbered(final int number) {
        return new YamlCursor(file, path, node, number);
    }

    /** The entries of a mapping, in their order. */
    Map<String, YamlCursor> entries() {
        if (!(node instanceof final MappingNode mapping)) {
            throw error("must be a mapping (key: value)");
        }
        final Map<String, YamlCursor> entries = new LinkedHashMap<>();
        for (final NodeTuple tuple : mapping.getValue()) {
            final YamlCursor place = child("", tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof final ScalarNode key)) {
                throw place.error("a key must be a word");
            }
            if (entries.put(key.getValue(), child("." + Shown.plain(key.getValue()), tuple.getValueNode())) != null) {
                throw place.error("the key " + Shown.value(key.getValue()) + " is there twice");
            }
        }
        return entries;
    }

    /** The entries of a mapping that has no other keys than the known ones. */
    Map<String, YamlCursor> entries(final String... known) {
        final List<String> keys = Arrays.asList(known);
        final Map<String, YamlCursor> entries = entries();
        entries.forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw value.error("unknown key; did you mean " + Shown.nearest(key, keys) + "?");
            }
        });
        return entries;
    }

    List<YamlCursor> elements(final int most) {
        if (!(node instanceof final SequenceNode sequence)) {
            throw error("must be a list (- ...)");
        }
        if (sequence.getValue().size() > most) {
            throw error("has more than " + most + " elements");
        }
        final List<YamlCursor> elements = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            elements.add(child("[" + i + "]", sequence.getValue().get(i)));
        }
        return elements;
    }

    String text() {
        if (!(node instanceof final ScalarNode scalar)) {
            throw error("must be a single value");
        }
        return Names.fill(scalar.getValue(), n);
    }

    boolean bool() {
        return choice(Map.of("true", true, "false", false));
    }

    long integer(final long from, final long to) {
        final String text = text();
        final boolean hex = text.matches("0x[0-9A-Fa-f]{1,8}");
        if (!hex && !text.matches("\\d{1,18}")) {
            throw error(Shown.value(text) + " is not a number");
        }
        final long value = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
        if (value < from || value > to) {
            throw error(value + " is not within " + from + " to " + to);
        }
        return value;
    }

    /** A time with its unit, in nanoseconds. */
    long duration() {
        final String text = text();
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw error(Shown.value(text) + " is not a time; write it with its unit: 200us, 10ms, 1.5s, 2m, 1h");
        }
        final long unit = UNITS.getOrDefault(matcher.group(3), 1L);
        final long whole = Long.parseLong(matcher.group(1));
        if (whole > MAX_NANOS / unit) {
            throw error(Shown.value(text) + " is more than a hundred days");
        }
        final @Nullable String fraction = matcher.group(2);
        return whole * unit + (fraction == null ? 0 : Math.round(Double.parseDouble("0." + fraction) * unit));
    }

    /** A probability, 0 to 1. */
    double percent() {
        final String text = text();
        final Matcher matcher = PERCENT.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) > 100) {
            throw error(Shown.value(text) + " is not a percentage; write 0% to 100%");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }

    <T> T choice(final Map<String, T> choices) {
        final T chosen = choices.get(text());
        if (chosen == null) {
            throw error(Shown.value(text()) + " is not known; use one of " + Shown.list(choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    /** What a parser that throws IllegalArgumentException makes of it; its message explains. */
    <T> T parsed(final Function<String, T> parser) {
        final String text = text();
        return checked(() -> parser.apply(text));
    }

    /** What something makes that throws IllegalArgumentException if values do not fit. */
    <T> T checked(final Supplier<T> maker) {
        try {
            return maker.get();
        } catch (final IllegalArgumentException e) {
            throw new InputException(file + ": line " + line() + ": " + path + ": " + oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static String oneLine(final String message) {
        final String plain = message.replaceAll("\\p{C}|[\\u2028\\u2029]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    }

    List<Names.Name> names() {
        return parsed(Names::expand);
    }
}
