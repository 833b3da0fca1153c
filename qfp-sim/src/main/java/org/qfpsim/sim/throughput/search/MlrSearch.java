package org.qfpsim.sim.throughput.search;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The controller of RFC 9971: says which trial comes next, takes what it brought, and ends when every goal has its bounds. It decides from
 * the trials alone, so that a search can be played again from a file.
 *
 * <p>The way of choosing loads is ours (the RFC leaves it open):
 * <ol>
 *   <li>one short trial at the maximum load: what is forwarded there is the first guess;
 *   <li>each goal in turn is searched in phases: with its initial trial duration, one trial a load and twice the width, then with the final
 *       duration, the whole duration sum and its own width;
 *   <li>in a phase: a load between the bounds that needs more trials gets them; without a bound on one side the step from the other one
 *       doubles each time, starting at the phase's width; between two bounds the geometric mean is next.
 * </ol>
 */
public final class MlrSearch {
    private static final double COARSE = 2;
    /** Trials of a search: bounds what a device that never agrees with itself can cost. */
    private static final int MOST_TRIALS = 10_000;

    private final List<Goal> goals;
    private final double least;
    private final List<LoadTrial> trials = new ArrayList<>();
    private double most;
    private String doing = "maximum load";

    /**
     * A trial to make.
     *
     * @param load    packets a second, whole.
     * @param seconds how long.
     */
    public record Request(double load, double seconds) {
    }

    /**
     * Starts a search.
     *
     * @param goals in the order in which they are searched.
     * @param least lowest load, packets a second.
     * @param most  highest load.
     */
    public MlrSearch(final List<Goal> goals, final double least, final double most) {
        if (goals.isEmpty() || !(least >= 1 && most > least)) {
            throw new IllegalArgumentException("goals " + goals.size() + ", loads " + least + " to " + most);
        }
        this.goals = List.copyOf(goals);
        this.least = Math.rint(least);
        this.most = Math.rint(most);
    }

    /**
     * The next trial.
     *
     * @return null when the search is over.
     */
    public @Nullable Request next() {
        if (trials.size() >= MOST_TRIALS) {
            return null;
        }
        if (trials.isEmpty()) {
            return new Request(most, goals.getFirst().initialSeconds());
        }
        for (final Goal goal : goals) {
            for (final Goal phase : phases(goal)) {
                final OptionalDouble load = load(phase);
                if (load.isPresent()) {
                    doing = goal.name();
                    return new Request(load.getAsDouble(), phase.finalSeconds());
                }
            }
        }
        return null;
    }

    /** The coarse phase lets one trial decide; it is left out if the goal starts with its final duration and needs only one. */
    private static List<Goal> phases(final Goal goal) {
        final Goal coarse = new Goal(goal.name(), goal.lossRatio(), goal.initialSeconds(), goal.initialSeconds(), goal.initialSeconds(),
            goal.exceedRatio(), Math.min(0.5, goal.width() * COARSE));
        return goal.durationSum() <= goal.initialSeconds() ? List.of(goal) : List.of(coarse, goal);
    }

    /** What a phase wants to be measured, if anything. */
    private OptionalDouble load(final Goal phase) {
        final NavigableMap<Double, List<LoadTrial>> loads = Bounds.byLoad(trials);
        final Bounds bounds = Bounds.of(phase, loads);
        final boolean atTop = bounds.lower().isPresent() && bounds.lower().getAsDouble() >= most;
        final boolean atBottom = bounds.upper().isPresent() && bounds.upper().getAsDouble() <= least;
        if (atTop || atBottom || isNarrow(bounds, phase.width())) {
            return OptionalDouble.empty();
        }
        final double last = trials.getLast().load();
        final boolean open = last > bounds.lower().orElse(0) && last < bounds.upper().orElse(Double.MAX_VALUE)
            && (trials.size() > 1 || forwarded(last) >= last)
            && LoadClass.of(phase, loads.getOrDefault(last, List.of())) == LoadClass.UNDECIDED;
        return OptionalDouble.of(open ? last : fresh(phase, bounds, loads));
    }

    private double fresh(final Goal phase, final Bounds bounds, final NavigableMap<Double, List<LoadTrial>> loads) {
        final double load;
        if (bounds.lower().isPresent() && bounds.upper().isPresent()) {
            load = Math.sqrt(bounds.lower().getAsDouble() * bounds.upper().getAsDouble());
        } else if (bounds.lower().isPresent()) {
            load = above(phase, bounds.lower().getAsDouble(), loads);
        } else if (bounds.upper().isPresent()) {
            load = below(phase, bounds.upper().getAsDouble(), loads);
        } else {
            load = guess(phase);
        }
        return Math.max(least, Math.min(most, Math.rint(load)));
    }

    /** One step above a lower bound, or a load within two steps that was tried in an earlier phase. */
    private double above(final Goal phase, final double lower, final NavigableMap<Double, List<LoadTrial>> loads) {
        final double step = step(phase, lower, loads);
        final Double tried = loads.higherKey(lower);
        return tried != null && tried <= lower * (1 + 2 * step) ? tried : lower / (1 - step);
    }

    /** The same below an upper bound; under the maximum load first what was forwarded there. */
    private double below(final Goal phase, final double upper, final NavigableMap<Double, List<LoadTrial>> loads) {
        final double step = step(phase, upper, loads);
        final double near = upper * (1 - step);
        if (upper >= most) {
            return Math.min(near, forwarded(upper) / (1 - phase.lossRatio()));
        }
        final Double tried = loads.lowerKey(upper);
        return tried != null && tried >= upper * (1 - 2 * step) ? tried : near;
    }

    private double forwarded(final double load) {
        return trials.stream().filter(trial -> trial.load() == load).mapToDouble(trial -> load * (1 - trial.lossRatio())).max()
            .orElse(load);
    }

    /** No load is classified yet in this phase: the highest one that went well before, or what was forwarded at the maximum load. */
    private double guess(final Goal phase) {
        return trials.stream().filter(trial -> trial.lossRatio() <= phase.lossRatio()).mapToDouble(LoadTrial::load).max()
            .orElseGet(() -> forwarded(trials.getFirst().load()));
    }

    /** As a share: the phase's width, doubled for every load that has been tried in vain. */
    private static double step(final Goal phase, final double from, final NavigableMap<Double, List<LoadTrial>> loads) {
        final long tried = loads.values().stream().map(list -> LoadClass.of(phase, list)).filter(c -> c != LoadClass.UNDECIDED).count();
        final double step = phase.width() * Math.pow(2, Math.max(0, tried - 1));
        return Math.min(0.5, Math.max(step, 1 / from));
    }

    /** Whether two bounds are as close as asked for, or as whole packets a second allow. */
    static boolean isNarrow(final Bounds bounds, final double width) {
        return bounds.lower().isPresent() && bounds.upper().isPresent()
            && (bounds.width() <= width + 1e-12 || bounds.upper().getAsDouble() - bounds.lower().getAsDouble() <= 1);
    }

    /**
     * Takes a trial in.
     *
     * @param trial what {@link #next} asked for, with what came of it.
     */
    public void add(final LoadTrial trial) {
        trials.add(trial);
    }

    /**
     * Lowers the highest load: more cannot be offered.
     *
     * @param load packets a second.
     */
    public void limit(final double load) {
        most = Math.max(least + 1, Math.min(most, Math.rint(load)));
        trials.removeIf(trial -> trial.load() > most);
    }

    /** The highest load that may be asked for. */
    public double most() {
        return most;
    }

    /** What the last request was for. */
    public String doing() {
        return doing;
    }

    /** All trials that count. */
    public List<LoadTrial> trials() {
        return List.copyOf(trials);
    }

    /** Goals. */
    public List<Goal> goals() {
        return goals;
    }

    /** What is known now. */
    public List<GoalResult> results() {
        return goals.stream().map(goal -> GoalResult.of(goal, trials)).toList();
    }

    /**
     * A rough guess of the measuring that is left.
     *
     * @return seconds.
     */
    public double secondsLeft() {
        double seconds = 0;
        for (final Goal goal : goals) {
            final Bounds bounds = Bounds.of(goal, Bounds.byLoad(trials));
            final double factor = 1 - goal.exceedRatio() / 2;
            if (!isNarrow(bounds, goal.width()) && bounds.lower().orElse(0) < most) {
                final double gap = bounds.upper().isPresent() && bounds.lower().isPresent() ? bounds.width() : goal.width() * 4;
                final double halvings = 1 + Math.max(0, Math.log(gap / goal.width()) / Math.log(2));
                seconds += halvings * goal.durationSum() * factor + 4 * goal.initialSeconds();
            }
        }
        return seconds;
    }
}
