package org.qfpsim.sim.throughput.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The relevant bounds of a goal (RFC 9971 section 4.8): the smallest load that is an upper bound, and the largest lower bound below it.
 *
 * @param lower relevant lower bound; empty if no load qualifies.
 * @param upper relevant upper bound; empty if no load is one.
 */
public record Bounds(OptionalDouble lower, OptionalDouble upper) {
    /**
     * Finds the bounds.
     *
     * @param goal  the goal.
     * @param loads trials by load.
     * @return the bounds.
     */
    public static Bounds of(final Goal goal, final NavigableMap<Double, List<LoadTrial>> loads) {
        OptionalDouble lower = OptionalDouble.empty();
        for (final Map.Entry<Double, List<LoadTrial>> entry : loads.entrySet()) {
            switch (LoadClass.of(goal, entry.getValue())) {
                case LOWER -> lower = OptionalDouble.of(entry.getKey());
                case UPPER -> {
                    return new Bounds(lower, OptionalDouble.of(entry.getKey()));
                }
                case UNDECIDED -> { }
            }
        }
        return new Bounds(lower, OptionalDouble.empty());
    }

    /**
     * Trials by load.
     *
     * @param trials in any order.
     * @return the same, grouped.
     */
    public static NavigableMap<Double, List<LoadTrial>> byLoad(final List<LoadTrial> trials) {
        final NavigableMap<Double, List<LoadTrial>> loads = new TreeMap<>();
        for (final LoadTrial trial : trials) {
            loads.computeIfAbsent(trial.load(), load -> new ArrayList<>()).add(trial);
        }
        return loads;
    }

    /** Distance in shares of the upper bound; 1 if one is missing. */
    public double width() {
        return lower.isPresent() && upper.isPresent() ? (upper.getAsDouble() - lower.getAsDouble()) / upper.getAsDouble() : 1;
    }
}
