package org.qfpsim.sim.throughput;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.throughput.search.Goal;

/** Reads goals of the form {@code NAME[:attribute=value,...]}. */
final class GoalOption {
    private static final List<String> ATTRIBUTES = List.of("loss", "initial", "trial", "sum", "exceed", "width");
    /** As FD.io CSIT has them: loss ratio in percent, seconds, seconds, seconds, percent, percent. */
    private static final Map<String, Map<String, Double>> NAMED = Map.of(
        "NDR", attributes(0, 1, 1, 21, 50, 0.5),
        "PDR", attributes(0.5, 1, 1, 21, 50, 0.5),
        "RFC2544", attributes(0, 1, 60, 60, 0, 0.5),
        "TST009", attributes(0, 1, 60, 120, 50, 0.5));
    private static final double PERCENT = 100;

    /** What goals are like that do not say otherwise. */
    enum Style {
        /** As their names have it. */
        NAMED(Map.of()),
        /** A first look. */
        QUICK(Map.of("initial", 0.1, "trial", 0.1, "sum", 1.1, "width", 2.0)),
        /** In virtual time every trial is like the other: one is enough, and a short one. */
        VIRTUAL(Map.of("initial", 0.02, "trial", 0.02, "sum", 0.02, "exceed", 0.0, "width", 0.5)),
        /** The same, shorter. */
        QUICK_VIRTUAL(Map.of("initial", 0.005, "trial", 0.005, "sum", 0.005, "exceed", 0.0, "width", 1.0));

        private final Map<String, Double> values;

        Style(final Map<String, Double> values) {
            this.values = values;
        }

        static Style of(final boolean quick, final boolean virtual) {
            return virtual ? quick ? QUICK_VIRTUAL : VIRTUAL : quick ? QUICK : NAMED;
        }

        /** Seconds of a trial that is not a search's. */
        double seconds() {
            return values.getOrDefault("trial", 1.0);
        }
    }

    private GoalOption() {
    }

    private static Map<String, Double> attributes(final double loss, final double initial, final double trial, final double sum,
                                                  final double exceed, final double width) {
        final Map<String, Double> map = new LinkedHashMap<>();
        final double[] values = {loss, initial, trial, sum, exceed, width};
        for (int i = 0; i < values.length; i++) {
            map.put(ATTRIBUTES.get(i), values[i]);
        }
        return map;
    }

    /**
     * Reads a goal.
     *
     * @param text  the option's value.
     * @param style of what it does not say.
     * @return the goal.
     */
    static Goal parse(final String text, final Style style) {
        final int colon = text.indexOf(':');
        final String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isBlank()) {
            throw new InputException("--goal '" + text + "' has no name");
        }
        final Map<String, Double> named = NAMED.get(name);
        if (named == null && colon < 0) {
            throw new InputException("--goal " + name + " is none of NDR, PDR, RFC2544, TST009; give its attributes: --goal " + name
                + ":loss=0.1,trial=1,sum=21,exceed=50,width=0.5");
        }
        final Map<String, Double> values = new LinkedHashMap<>(named == null ? attributes(0, 1, 1, 21, 50, 0.5) : named);
        values.putAll(style.values);
        final Map<String, Double> given = colon < 0 ? Map.of() : given(text, text.substring(colon + 1));
        values.putAll(given);
        if (!given.containsKey("initial")) {
            values.computeIfPresent("initial", (key, initial) -> Math.min(initial, values.getOrDefault("trial", initial)));
        }
        try {
            return new Goal(name, values.getOrDefault("loss", 0.0) / PERCENT, values.getOrDefault("initial", 1.0),
                values.getOrDefault("trial", 1.0), values.getOrDefault("sum", 1.0), values.getOrDefault("exceed", 0.0) / PERCENT,
                values.getOrDefault("width", 1.0) / PERCENT);
        } catch (final IllegalArgumentException e) {
            throw new InputException("--goal " + e.getMessage(), e);
        }
    }

    private static Map<String, Double> given(final String text, final String list) {
        final Map<String, Double> given = new LinkedHashMap<>();
        for (final String part : list.split(",", -1)) {
            final int equals = part.indexOf('=');
            final String attribute = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !ATTRIBUTES.contains(attribute)) {
                throw new InputException("--goal " + text + ": '" + part + "' is not one of " + String.join(", ", ATTRIBUTES)
                    + " with =VALUE (loss, exceed and width in percent, the others in seconds)");
            }
            try {
                given.put(attribute, Double.parseDouble(part.substring(equals + 1)));
            } catch (final NumberFormatException e) {
                throw new InputException("--goal " + text + ": '" + part + "' is not a number", e);
            }
        }
        return given;
    }
}
