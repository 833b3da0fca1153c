package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/**
 * What packets suffer from SAs that are installed and retired meanwhile, as rekeys do: the effective blocked time, which is what was
 * lost by the load (as FD.io CSIT has it for its reconfiguration tests).
 */
public final class ChurnUnderLoad implements Experiment {
    private static final int[] SAS = {0, 1, 10, 100, 1000, 10_000};
    private static final double SHARE = 0.9;
    private static final String PURPOSE = "churn of ";
    private static final String UNIT = " SAs";

    private final Basis basis;

    /**
     * Churn under load.
     *
     * @param basis the throughput of which 90 % are offered.
     */
    public ChurnUnderLoad(final Basis basis) {
        this.basis = basis;
    }

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public List<String> describe() {
        return List.of("SAs installed and retired by another thread from a third of a trial on, at 90 % of the throughput by",
            "  " + basis.goal());
    }

    @Override
    public Map<String, Object> settings() {
        return basis.settings();
    }

    @Override
    public void run(final Trials trials) {
        final double base = basis.search(trials);
        for (final int sas : SAS) {
            trials.measure(TrialSpec.churn(PURPOSE + sas + UNIT, Math.max(1, Math.rint(base * SHARE)), basis.seconds(), sas),
                basis.seconds());
        }
    }

    private static List<TrialResult> steps(final List<TrialResult> trials) {
        return trials.stream().filter(trial -> trial.purpose().startsWith(PURPOSE)).toList();
    }

    private static String sas(final TrialResult trial) {
        return trial.purpose().substring(PURPOSE.length(), trial.purpose().length() - UNIT.length());
    }

    private static double blockedSeconds(final TrialResult trial) {
        return trial.lost() / trial.load();
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        final List<Object> list = new ArrayList<>();
        for (final TrialResult trial : steps(trials)) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("sas", Integer.parseInt(sas(trial)));
            map.put("load", trial.load());
            map.put("lost", trial.lost());
            map.put("effective_blocked_seconds", blockedSeconds(trial));
            list.add(map);
        }
        return Map.of("throughput", basis.evaluate(trials).toMap(), "steps", list);
    }

    @Override
    public List<String> columns() {
        return List.of("load Mpps", "SAs changed", "lost", "blocked ms", "p50 us", "p99 us");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        return steps(trials).stream().map(trial -> List.of(Searches.mega(trial.load()), sas(trial), "%,d".formatted(trial.lost()),
            "%.3f".formatted(blockedSeconds(trial) * 1e3), LatencyUnderLoad.micros(trial, "50"),
            LatencyUnderLoad.micros(trial, "99"))).toList();
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot plot = new Plot("Effective blocked time", "SAs installed and retired", "ms");
        points.forEach(point -> steps(point.counting()).forEach(
            trial -> plot.add(point.point().label(), Integer.parseInt(sas(trial)), blockedSeconds(trial) * 1e3)));
        return List.of(plot);
    }
}
