package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.Latency;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/** Latency at shares of a throughput that is searched first. */
public final class LatencyUnderLoad implements Experiment {
    private static final int[] PERCENT = {10, 50, 90};
    private static final String PURPOSE = "latency at %d %%";
    private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9", "99.99", "100");

    private final Basis basis;

    /**
     * Latency under load.
     *
     * @param basis the throughput that 100 % is.
     */
    public LatencyUnderLoad(final Basis basis) {
        this.basis = basis;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public List<String> describe() {
        return List.of("latency of every forwarded packet, from the time it was meant to be sent, at 10, 50 and 90 % of the throughput by",
            "  " + basis.goal());
    }

    @Override
    public Map<String, Object> settings() {
        return basis.settings();
    }

    @Override
    public void run(final Trials trials) {
        final double base = basis.search(trials);
        for (final int percent : PERCENT) {
            trials.measure(new TrialSpec(PURPOSE.formatted(percent), Math.max(1, Math.rint(base * percent / 100)), basis.seconds(), 1),
                basis.seconds());
        }
    }

    private static boolean isLatency(final TrialResult trial) {
        return trial.purpose().startsWith("latency");
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("throughput", basis.evaluate(trials).toMap());
        trials.stream().filter(LatencyUnderLoad::isLatency).filter(trial -> trial.latency() != null)
            .forEach(trial -> map.put(trial.purpose(), trial.latency()));
        return map;
    }

    @Override
    public List<String> columns() {
        return List.of("load Mpps", "of throughput", "lost %", "p50 us", "p90 us", "p99 us", "p99.9 us", "p99.99 us", "max us");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        return trials.stream().filter(LatencyUnderLoad::isLatency).map(trial -> {
            final List<String> row = new ArrayList<>(List.of(Searches.mega(trial.load()),
                trial.purpose().substring("latency at ".length()), Searches.percent(trial.lossRatio())));
            PERCENTILES.forEach(percentile -> row.add(micros(trial, percentile)));
            return List.copyOf(row);
        }).toList();
    }

    /** A percentile in microseconds, as text. */
    static String micros(final TrialResult trial, final String percentile) {
        final Latency latency = trial.latency();
        return latency == null ? "-" : "%,.1f".formatted(latency.at(percentile) / 1e3);
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot plot = new Plot("Latency percentiles", "1 / (1 - percentile)", "us").logarithmic();
        for (final PointResult point : points) {
            for (final TrialResult trial : point.counting()) {
                final Latency latency = trial.latency();
                if (isLatency(trial) && latency != null) {
                    latency.percentiles().forEach((percentile, nanos) -> {
                        final double rank = Double.parseDouble(percentile) / 100;
                        if (rank < 1) {
                            plot.add(point.point().label() + ", " + trial.purpose(), 1 / (1 - rank), nanos / 1e3);
                        }
                    });
                }
            }
        }
        return List.of(plot);
    }
}
