package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.PacketKind;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/** What good traffic at half of its throughput suffers from more and more ESP with an unknown SPI beside it. */
public final class Flood implements Experiment {
    private static final int[] PERCENT = {0, 25, 50, 100, 200, 400};

    private static final String PURPOSE = "flood of %d %%";
    private static final double GOOD_SHARE = 0.5;

    private final Basis basis;

    /**
     * A flood.
     *
     * @param basis the throughput that 100 % is.
     */
    public Flood(final Basis basis) {
        this.basis = basis;
    }

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public List<String> describe() {
        return List.of("invalid-SPI flood: good traffic at 50 % of the throughput by the goal below, beside it ESP with an unknown SPI",
            "at 0 to 400 % of that throughput, as far as the generator goes", "  " + basis.goal());
    }

    @Override
    public Map<String, Object> settings() {
        return basis.settings();
    }

    @Override
    public void run(final Trials trials) {
        final double base = basis.search(trials);
        for (final int percent : PERCENT) {
            final double flood = base * percent / 100;
            final double load = base * GOOD_SHARE + flood;
            if (load > trials.most(basis.seconds())) {
                // More cannot be offered here.
                return;
            }
            trials.measure(TrialSpec.flood(PURPOSE.formatted(percent), Math.max(1, Math.rint(load)), basis.seconds(), flood / load),
                basis.seconds());
        }
    }

    private static List<TrialResult> steps(final List<TrialResult> trials) {
        return trials.stream().filter(trial -> trial.purpose().startsWith("flood of")).toList();
    }

    private static double flooded(final TrialResult trial) {
        return trial.sent().getOrDefault(PacketKind.UNKNOWN_SPI.key(), 0L) / Math.max(1e-9, trial.offeredSeconds());
    }

    private static double good(final TrialResult trial) {
        return trial.sent().getOrDefault(PacketKind.GOOD.key(), 0L) / Math.max(1e-9, trial.offeredSeconds());
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        final List<Object> list = new ArrayList<>();
        for (final TrialResult trial : steps(trials)) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("good_load", good(trial));
            map.put("flood_load", flooded(trial));
            map.put("good_loss_ratio", trial.goodLossRatio());
            list.add(map);
        }
        return Map.of("throughput", basis.evaluate(trials).toMap(), "steps", list);
    }

    @Override
    public List<String> columns() {
        return List.of("good Mpps", "flood Mpps", "good lost %", "p50 us", "p99 us");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        return steps(trials).stream().map(trial -> List.of(Searches.mega(good(trial)), Searches.mega(flooded(trial)),
            Searches.percent(trial.goodLossRatio()), LatencyUnderLoad.micros(trial, "50"), LatencyUnderLoad.micros(trial, "99"))).toList();
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot plot = new Plot("Good packets lost beside a flood", "flood, Mpps", "good lost, %");
        points.forEach(point -> steps(point.counting()).forEach(
            trial -> plot.add(point.point().label(), flooded(trial) / 1e6, trial.goodLossRatio() * 100)));
        return List.of(plot);
    }
}
