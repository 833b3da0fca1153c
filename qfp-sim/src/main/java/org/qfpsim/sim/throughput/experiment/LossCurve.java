package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/** Frame loss rate (RFC 2544 section 26.3): from the maximum rate down in steps, until two loads in a row lose nothing. */
public final class LossCurve implements Experiment {
    private static final String PURPOSE = "loss curve";
    private static final int CLEAN_IN_A_ROW = 2;

    private final double top;
    private final int stepPercent;
    private final double seconds;

    /**
     * A loss curve.
     *
     * @param top         the rate of 100 %, packets a second; infinite for what the generator can offer.
     * @param stepPercent 1 to 10.
     * @param seconds     of a trial.
     */
    public LossCurve(final double top, final int stepPercent, final double seconds) {
        this.top = top;
        this.stepPercent = stepPercent;
        this.seconds = seconds;
    }

    @Override
    public String name() {
        return "loss-curve";
    }

    @Override
    public List<String> describe() {
        return List.of("frame loss rate (RFC 2544 section 26.3): from 100 %% down in steps of %d %%, trials of %s s".formatted(stepPercent,
            seconds));
    }

    @Override
    public Map<String, Object> settings() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("max_load", Double.isInfinite(top) ? "generator" : top);
        map.put("step_percent", stepPercent);
        map.put("trial_seconds", seconds);
        return map;
    }

    @Override
    public void run(final Trials trials) {
        final double most = Math.min(top, trials.most(seconds));
        int clean = 0;
        for (int percent = 100; percent > 0 && clean < CLEAN_IN_A_ROW; percent -= stepPercent) {
            final TrialResult trial = trials.measure(new TrialSpec(PURPOSE, Math.max(1, Math.rint(most * percent / 100)), seconds,
                TrialSpec.SAMPLE), seconds * percent / stepPercent);
            clean = trial.lost() == 0 ? clean + 1 : 0;
        }
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        final List<Object> steps = new ArrayList<>();
        for (final TrialResult trial : trials) {
            final Map<String, Object> step = new LinkedHashMap<>();
            step.put("load", trial.load());
            step.put("loss_ratio", trial.lossRatio());
            step.put("utilization_percent", trial.utilization());
            step.put("drops", trial.drops());
            step.put("good_loss_ratio", trial.goodLossRatio());
            steps.add(step);
        }
        return Map.of("steps", steps);
    }

    @Override
    public List<String> columns() {
        return List.of("offered Mpps", "forwarded Mpps", "lost %", "p50 us", "p99 us", "lost by");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        return trials.stream().map(trial -> List.of(Searches.mega(trial.offeredRate()), Searches.mega(trial.forwardedRate()),
            Searches.percent(trial.lossRatio()), LatencyUnderLoad.micros(trial, "50"), LatencyUnderLoad.micros(trial, "99"),
            String.join(" ", trial.drops().keySet()))).toList();
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot loss = new Plot("Loss against load", "offered, Mpps", "lost, %");
        final Plot busy = new Plot("How busy the modelled hardware is", "offered, Mpps", "%");
        final Plot drops = new Plot("Drops by reason", "offered, Mpps", "of offered, %");
        for (final PointResult point : points) {
            for (final TrialResult trial : point.counting()) {
                final double offered = trial.offeredRate() / 1e6;
                loss.add(point.point().label(), offered, trial.lossRatio() * 100);
                trial.utilization().forEach((part, percent) -> busy.add(point.point().label() + ": " + part, offered, percent));
                trial.drops().forEach((reason, packets) -> drops.add(point.point().label() + ": " + reason, offered,
                    100.0 * packets / trial.offered()));
            }
        }
        return List.of(loss, busy, drops);
    }
}
