package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.throughput.load.Device;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;

/**
 * Makes the trials of one point: repeats those that the rule discards, and keeps all. Trials from a file that was left unfinished are given
 * out again as long as the experiment asks for the same ones, which it does, since it decides by trials alone.
 */
public final class Trials implements AutoCloseable {
    /** A generator that had to encrypt this share of the frames when they were due is the limit. */
    private static final double STARVED = 0.01;

    private final Supplier<Device> opener;
    private final DiscardRule rule;
    private final Deque<TrialResult> recorded;
    private final BooleanSupplier stop;
    private final Watcher watcher;
    private final List<TrialResult> all = new ArrayList<>();
    private final Map<String, Double> most;
    private Map<String, Object> facts;
    private @Nullable Device device;

    /** Is told what goes on. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * A trial begins.
         *
         * @param spec        the trial.
         * @param attempt     from 1.
         * @param secondsLeft of measuring, a guess.
         */
        void trial(TrialSpec spec, int attempt, double secondsLeft);
    }

    /** The user wants to stop; what was measured so far is kept. */
    public static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    /**
     * What an earlier run has left of a point.
     *
     * @param most   answers of {@link #most}, by seconds.
     * @param facts  about device and generator.
     * @param trials in order.
     */
    public record Begun(Map<String, Double> most, Map<String, Object> facts, List<TrialResult> trials) {
        /** A point that was not begun. */
        public static final Begun NOTHING = new Begun(Map.of(), Map.of(), List.of());
    }

    /**
     * Starts a point.
     *
     * @param opener  makes the device when it is needed.
     * @param rule    when a trial does not count.
     * @param begun   from an earlier run.
     * @param stop    whether the user wants to stop.
     * @param watcher is told what goes on.
     */
    public Trials(final Supplier<Device> opener, final DiscardRule rule, final Begun begun, final BooleanSupplier stop,
                  final Watcher watcher) {
        this.opener = opener;
        this.rule = rule;
        this.recorded = new ArrayDeque<>(begun.trials());
        this.stop = stop;
        this.watcher = watcher;
        most = new LinkedHashMap<>(begun.most());
        facts = begun.facts();
    }

    /**
     * Makes a trial, and makes it again if it is discarded.
     *
     * @param spec        the trial.
     * @param secondsLeft of measuring, a guess, for the progress line.
     * @return the attempt that counts; the last one if all were discarded.
     * @throws StoppedException if the user wants to stop.
     */
    public TrialResult measure(final TrialSpec spec, final double secondsLeft) {
        TrialResult result = attempt(spec, 1, secondsLeft);
        for (int again = 1; again <= DiscardRule.REPEATS && !result.counts(); again++) {
            result = attempt(spec, 1 + again, secondsLeft);
        }
        if (!result.counts()) {
            result = result.discard("");
            // Counts nevertheless: a machine that is never quiet gets an answer too, and the file says how it came about.
            all.set(all.size() - 1, result);
        }
        return result;
    }

    private TrialResult attempt(final TrialSpec spec, final int attempt, final double secondsLeft) {
        final TrialResult known = recorded.peek();
        if (known != null && known.purpose().equals(spec.purpose()) && known.load() == spec.load() && known.seconds() == spec.seconds()) {
            all.add(recorded.remove());
            return known;
        }
        recorded.clear();
        if (stop.getAsBoolean()) {
            throw new StoppedException();
        }
        watcher.trial(spec, attempt, secondsLeft);
        final TrialResult made = device().run(spec, stop);
        facts = device().facts();
        if (stop.getAsBoolean()) {
            all.add(made.discard("interrupted"));
            throw new StoppedException();
        }
        final TrialResult judged = made.discard(rule.reason(made));
        all.add(judged);
        return judged;
    }

    /**
     * Whether the generator could not do what was asked.
     *
     * @param trial a trial.
     * @return true if frames were not ready in time.
     */
    public static boolean generatorLimited(final TrialResult trial) {
        return trial.starved() > trial.offered() * STARVED;
    }

    private Device device() {
        Device opened = device;
        if (opened == null) {
            opened = opener.get();
            device = opened;
            facts = opened.facts();
        }
        return opened;
    }

    /**
     * The highest load that can be offered.
     *
     * @param seconds for how long.
     * @return packets a second; what the earlier run has found, if there is one, so that it can be gone on with.
     */
    public double most(final double seconds) {
        final String key = String.valueOf(seconds);
        Double known = most.get(key);
        if (known == null) {
            known = device().most(seconds);
            most.put(key, known);
        }
        return known;
    }

    /** The answers of {@link #most(double)} so far, by seconds. */
    public Map<String, Double> most() {
        return Map.copyOf(most);
    }

    /** About device and generator. */
    public Map<String, Object> facts() {
        return facts;
    }

    @Override
    public void close() {
        if (device != null) {
            device.close();
        }
    }

    /** All trials so far, also those that do not count. */
    public List<TrialResult> all() {
        return List.copyOf(all);
    }
}
