package org.qfpsim.sim.throughput.experiment;

import java.util.List;
import java.util.OptionalDouble;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.search.Goal;
import org.qfpsim.sim.throughput.search.GoalResult;
import org.qfpsim.sim.throughput.search.LoadTrial;
import org.qfpsim.sim.throughput.search.MlrSearch;

/** Plays a search on a device. */
final class Searches {
    /** Of a search's trials. */
    static final String PURPOSE = "search";

    private static final double BELOW_LIMIT = 0.95;

    private Searches() {
    }

    /** Searches until all goals have their bounds. */
    static List<GoalResult> run(final Trials trials, final List<Goal> goals, final double least, final double most) {
        final MlrSearch search = new MlrSearch(goals, least, Math.max(least + 1, most));
        for (MlrSearch.Request next = search.next(); next != null; next = search.next()) {
            final TrialResult trial = trials.measure(new TrialSpec(PURPOSE, next.load(), next.seconds(), TrialSpec.SAMPLE),
                search.secondsLeft());
            if (Trials.generatorLimited(trial) && next.load() > least + 1) {
                search.limit(Math.min(trial.offeredRate(), next.load()) * BELOW_LIMIT);
            } else {
                search.add(toLoad(trial));
            }
        }
        return search.results();
    }

    /** What trials say about a goal. */
    static GoalResult evaluate(final Goal goal, final List<TrialResult> trials) {
        return GoalResult.of(goal, trials.stream().filter(trial -> trial.purpose().equals(PURPOSE))
            .filter(trial -> !Trials.generatorLimited(trial)).map(Searches::toLoad).toList());
    }

    private static LoadTrial toLoad(final TrialResult trial) {
        return new LoadTrial(trial.load(), trial.seconds(), trial.lossRatio());
    }

    /** Millions of packets a second, as text. */
    static String mega(final OptionalDouble rate) {
        return rate.isPresent() ? mega(rate.getAsDouble()) : "-";
    }

    static String mega(final double rate) {
        return "%.3f".formatted(rate / 1e6);
    }

    static String percent(final double ratio) {
        final double value = ratio * 100;
        return value == 0 ? "0" : value < 0.001 ? "%.1e".formatted(value) : "%.3f".formatted(value);
    }
}
