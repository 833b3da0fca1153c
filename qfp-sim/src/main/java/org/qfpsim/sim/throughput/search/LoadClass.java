package org.qfpsim.sim.throughput.search;

import java.util.Collection;
import java.util.List;

/** What the trials at one load say about a goal: RFC 9971 appendices A (load classification) and B (conditional throughput). */
public enum LoadClass {
    /** The goal is met, whatever the trials that are missing would say. */
    LOWER,
    /** It is not. */
    UPPER,
    /** More trials are needed. */
    UNDECIDED;

    /** Seconds of trials, by length and loss. */
    private record Sums(double fullLow, double fullHigh, double shortLow, double shortHigh) {
        static Sums of(final Goal goal, final Collection<LoadTrial> trials) {
            final double[] sums = new double[4];
            for (final LoadTrial trial : trials) {
                sums[(isFull(goal, trial) ? 0 : 2) + (trial.lossRatio() > goal.lossRatio() ? 1 : 0)] += trial.seconds();
            }
            return new Sums(sums[0], sums[1], sums[2], sums[3]);
        }
    }

    private static boolean isFull(final Goal goal, final LoadTrial trial) {
        return trial.seconds() >= goal.finalSeconds();
    }

    /**
     * Classifies a load.
     *
     * @param goal   by which goal.
     * @param trials all trials at that load; may be empty.
     * @return its class.
     */
    public static LoadClass of(final Goal goal, final Collection<LoadTrial> trials) {
        final Sums sums = Sums.of(goal, trials);
        // Short trials only speak against a load: by what the lossy ones have over the share that the others excuse.
        final double excused = sums.shortLow() * goal.exceedRatio() / (1 - goal.exceedRatio());
        final double high = sums.fullHigh() + Math.max(0, sums.shortHigh() - excused);
        final double whole = Math.max(sums.fullLow() + high, goal.durationSum());
        // Sums of durations that were measured are not exact to the last bit.
        final double allowed = whole * goal.exceedRatio() + 1e-9;
        if (high > allowed) {
            return UPPER;
        }
        return whole - sums.fullLow() <= allowed ? LOWER : UNDECIDED;
    }

    /**
     * The rate at which a load was forwarded, in the quantile that the exceed ratio asks for.
     *
     * @param goal   the goal.
     * @param load   the load, normally the relevant lower bound.
     * @param trials all trials at that load.
     * @return packets a second.
     */
    public static double conditionalThroughput(final Goal goal, final double load, final Collection<LoadTrial> trials) {
        final Sums sums = Sums.of(goal, trials);
        final List<LoadTrial> full = trials.stream().filter(trial -> isFull(goal, trial))
            .sorted((a, b) -> Double.compare(a.lossRatio(), b.lossRatio())).toList();
        double remaining = Math.max(goal.durationSum(), sums.fullLow() + sums.fullHigh()) * (1 - goal.exceedRatio());
        double loss = full.isEmpty() ? 1 : full.getFirst().lossRatio();
        for (final LoadTrial trial : full) {
            if (remaining <= 1e-9) {
                break;
            }
            loss = trial.lossRatio();
            remaining -= trial.seconds();
        }
        return load * (1 - (remaining > 1e-9 ? 1 : loss));
    }
}
