package org.qfpsim.sim.throughput.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a search found for a goal.
 *
 * @param goal        the goal.
 * @param bounds      relevant bounds.
 * @param conditional conditional throughput at the lower bound, packets a second; empty without one.
 * @param regular     both bounds are there and as close as the goal's width.
 */
public record GoalResult(Goal goal, Bounds bounds, OptionalDouble conditional, boolean regular) {
    /**
     * Computes a result; so it can also be had with trials that the search did not use.
     *
     * @param goal   the goal.
     * @param trials all that are to count.
     * @return the result.
     */
    public static GoalResult of(final Goal goal, final List<LoadTrial> trials) {
        final NavigableMap<Double, List<LoadTrial>> loads = Bounds.byLoad(trials);
        final Bounds bounds = Bounds.of(goal, loads);
        OptionalDouble conditional = OptionalDouble.empty();
        if (bounds.lower().isPresent()) {
            final double load = bounds.lower().getAsDouble();
            conditional = OptionalDouble.of(LoadClass.conditionalThroughput(goal, load, loads.getOrDefault(load, List.of())));
        }
        return new GoalResult(goal, bounds, conditional, MlrSearch.isNarrow(bounds, goal.width()));
    }

    /** As JSON: absent values are null. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("goal", goal.name());
        map.put("regular", regular);
        map.put("relevant_lower_bound", orNull(bounds.lower()));
        map.put("relevant_upper_bound", orNull(bounds.upper()));
        map.put("conditional_throughput", orNull(conditional));
        return map;
    }

    private static @Nullable Double orNull(final OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
