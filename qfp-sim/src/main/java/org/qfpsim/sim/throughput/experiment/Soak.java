package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.throughput.load.Sample;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/** One load for a long time. */
public final class Soak implements Experiment {
    /** What a generator can offer is an estimate. */
    private static final double TOLERANCE = 1.25;

    private final double load;
    private final double seconds;

    /**
     * A soak.
     *
     * @param load    packets a second.
     * @param seconds how long.
     */
    public Soak(final double load, final double seconds) {
        this.load = load;
        this.seconds = seconds;
    }

    /** Packets of the soak. */
    public long packets() {
        return Math.round(load * seconds);
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public List<String> describe() {
        return List.of("soak: %,.0f packets a second for %s s".formatted(load, seconds));
    }

    @Override
    public Map<String, Object> settings() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("load", load);
        map.put("seconds", seconds);
        return map;
    }

    @Override
    public void run(final Trials trials) {
        final double most = trials.most(seconds) * TOLERANCE;
        if (load > most) {
            throw new InputException("--load %,.0f: the generator can offer at most about %,.0f packets a second for %s s here".formatted(
                load, most, seconds) + "; choose less, a shorter --duration, a larger --store-mb or --replay-window 0");
        }
        trials.measure(new TrialSpec(name(), load, seconds, TrialSpec.SAMPLE), seconds);
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        return Map.of("loss_ratio", trials.stream().mapToDouble(TrialResult::lossRatio).boxed().toList());
    }

    @Override
    public List<String> columns() {
        return List.of("offered Mpps", "forwarded Mpps", "lost", "lost %", "p50 us", "p99 us", "p99.9 us");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        return trials.stream().map(trial -> List.of(Searches.mega(trial.offeredRate()), Searches.mega(trial.forwardedRate()),
            "%,d".formatted(trial.lost()), Searches.percent(trial.lossRatio()), LatencyUnderLoad.micros(trial, "50"),
            LatencyUnderLoad.micros(trial, "99"), LatencyUnderLoad.micros(trial, "99.9"))).toList();
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot drops = new Plot("Drops by reason over time", "s", "packets a second");
        for (final PointResult point : points) {
            for (final TrialResult trial : point.counting()) {
                rates(trial).forEach((reason, dots) -> dots.forEach(
                    dot -> drops.add(point.point().label() + ": " + reason, dot[0], dot[1])));
            }
        }
        return List.of(drops);
    }

    /** By reason: time, and drops a second since the sample before. */
    private static Map<String, List<double[]>> rates(final TrialResult trial) {
        final Map<String, List<double[]>> rates = new LinkedHashMap<>();
        final Map<String, Long> before = new HashMap<>();
        double then = 0;
        for (final Sample sample : trial.samples()) {
            for (final String reason : trial.drops().keySet()) {
                final long now = sample.drops().getOrDefault(reason, 0L);
                rates.computeIfAbsent(reason, key -> new ArrayList<>()).add(
                    new double[] {sample.second(), (now - before.getOrDefault(reason, 0L)) / (sample.second() - then)});
                before.put(reason, now);
            }
            then = sample.second();
        }
        return rates;
    }
}
