package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/**
 * Back-to-back frames (RFC 9004): the longest burst at the highest rate of which no frame is lost, found by halving, many times; and the
 * buffer time that follows from it, corrected by what the device forwards meanwhile.
 */
public final class BackToBack implements Experiment {
    private static final String PURPOSE = "burst ";
    private static final int LEAST_BURST = 16;

    private final Basis basis;
    private final int repeats;

    /**
     * Back-to-back frames.
     *
     * @param basis   the throughput that corrects the buffer time; its highest load is the rate of the bursts, its seconds are those of
     *                the longest one.
     * @param repeats searches for the longest burst; RFC 9004 asks for 50.
     */
    public BackToBack(final Basis basis, final int repeats) {
        this.basis = basis;
        this.repeats = repeats;
    }

    @Override
    public String name() {
        return "back-to-back";
    }

    @Override
    public List<String> describe() {
        return List.of("back-to-back frames (RFC 9004): longest burst without loss, up to %s s, mean of %d searches; throughput by the goal"
            .formatted(basis.seconds(), repeats), "  " + basis.goal());
    }

    @Override
    public Map<String, Object> settings() {
        final Map<String, Object> map = basis.settings();
        map.put("repeats", repeats);
        return map;
    }

    @Override
    public void run(final Trials trials) {
        basis.search(trials);
        final double rate = Math.rint(Math.min(basis.most(), trials.most(basis.seconds())));
        for (int repeat = 1; repeat <= repeats; repeat++) {
            long good = 0;
            long bad = Math.max(LEAST_BURST, Math.round(rate * basis.seconds())) + 1;
            long next = bad - 1;
            while (bad - good > Math.max(1, good / 100)) {
                final TrialResult trial = trials.measure(new TrialSpec(PURPOSE + repeat, rate, next / rate, 0),
                    (repeats - repeat) * basis.seconds());
                if (trial.lost() == 0) {
                    good = next;
                } else {
                    bad = next;
                }
                next = (good + bad) / 2;
            }
        }
    }

    private static boolean isBurst(final TrialResult trial) {
        return trial.purpose().startsWith(PURPOSE);
    }

    /** Frames of the longest clean burst of each repetition. */
    private static List<Long> longest(final List<TrialResult> trials) {
        final Map<String, Long> bursts = new LinkedHashMap<>();
        trials.stream().filter(BackToBack::isBurst)
            .forEach(trial -> bursts.merge(trial.purpose(), trial.lost() == 0 ? trial.offered() : 0, Math::max));
        return new ArrayList<>(bursts.values());
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("throughput", basis.evaluate(trials).toMap());
        map.put("longest_bursts", longest(trials));
        map.put("mean_burst", mean(trials));
        map.put("buffer_seconds", implied(trials));
        map.put("corrected_buffer_seconds", corrected(trials));
        return map;
    }

    private static double mean(final List<TrialResult> trials) {
        return longest(trials).stream().mapToLong(Long::longValue).average().orElse(0);
    }

    private static double rate(final List<TrialResult> trials) {
        return trials.stream().filter(BackToBack::isBurst).mapToDouble(TrialResult::load).findFirst().orElse(1);
    }

    private static double implied(final List<TrialResult> trials) {
        return mean(trials) / rate(trials);
    }

    /** RFC 9004 section 6: less what was forwarded while the buffer filled. */
    private double corrected(final List<TrialResult> trials) {
        final double throughput = basis.evaluate(trials).conditional().orElse(0);
        return implied(trials) * Math.max(0, 1 - throughput / rate(trials));
    }

    @Override
    public List<String> columns() {
        return List.of("rate Mpps", "mean burst", "least", "most", "buffer us", "corrected us");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        final List<Long> bursts = longest(trials);
        return bursts.isEmpty() ? List.of() : List.of(List.of(Searches.mega(rate(trials)), "%,.0f".formatted(mean(trials)),
            "%,d".formatted(bursts.stream().mapToLong(Long::longValue).min().orElse(0)),
            "%,d".formatted(bursts.stream().mapToLong(Long::longValue).max().orElse(0)), "%,.1f".formatted(implied(trials) * 1e6),
            "%,.1f".formatted(corrected(trials) * 1e6)));
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot plot = new Plot("Bursts: frames lost", "frames of the burst", "lost");
        points.forEach(point -> point.counting().stream().filter(BackToBack::isBurst).forEach(
            trial -> plot.dot(point.point().label(), trial.offered(), trial.lost())));
        return List.of(plot);
    }
}
