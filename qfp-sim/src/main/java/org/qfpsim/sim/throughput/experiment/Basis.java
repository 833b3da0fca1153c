package org.qfpsim.sim.throughput.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.search.Goal;
import org.qfpsim.sim.throughput.search.GoalResult;

/**
 * The throughput of which an experiment offers shares: it is searched first.
 *
 * @param goal    what 100 % is.
 * @param least   lowest load of the search, packets a second.
 * @param most    highest load of the search; infinite for what the generator can offer.
 * @param seconds of a trial behind the search.
 */
public record Basis(Goal goal, double least, double most, double seconds) {
    /** Settings for JSON; more may be added. */
    Map<String, Object> settings() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("goal", goal.toMap());
        map.put("min_load", least);
        map.put("max_load", Double.isInfinite(most) ? "generator" : most);
        map.put("trial_seconds", seconds);
        return map;
    }

    /** Searches: conditional throughput, or the highest load that was tried. */
    double search(final Trials trials) {
        final GoalResult result = Searches.run(trials, List.of(goal), least, Math.min(most, trials.most(goal.finalSeconds()))).getFirst();
        return result.conditional().orElse(result.bounds().upper().orElse(least));
    }

    /** What trials say about it. */
    GoalResult evaluate(final List<TrialResult> trials) {
        return Searches.evaluate(goal, trials);
    }
}
