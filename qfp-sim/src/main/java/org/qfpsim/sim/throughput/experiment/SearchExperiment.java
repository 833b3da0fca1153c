package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.report.Plot;
import org.qfpsim.sim.throughput.search.Goal;
import org.qfpsim.sim.throughput.search.GoalResult;

/** Throughput by goals (RFC 9971). */
public final class SearchExperiment implements Experiment {
    private final List<Goal> goals;
    private final double least;
    private final double most;

    /**
     * A search.
     *
     * @param goals what is looked for.
     * @param least lowest load, packets a second.
     * @param most  highest load, packets a second; infinite for what the generator can offer.
     */
    public SearchExperiment(final List<Goal> goals, final double least, final double most) {
        this.goals = List.copyOf(goals);
        this.least = least;
        this.most = most;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<String> describe() {
        return Stream.concat(Stream.of("multiple loss ratio search (RFC 9971), goals:"), goals.stream().map(goal -> "  " + goal)).toList();
    }

    @Override
    public Map<String, Object> settings() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("goals", goals.stream().map(Goal::toMap).toList());
        map.put("min_load", least);
        map.put("max_load", Double.isInfinite(most) ? "generator" : most);
        return map;
    }

    @Override
    public void run(final Trials trials) {
        final double seconds = goals.stream().mapToDouble(Goal::finalSeconds).max().orElse(1);
        Searches.run(trials, goals, least, Math.min(most, trials.most(seconds)));
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        return Map.of("goals", goals.stream().map(goal -> Searches.evaluate(goal, trials).toMap()).toList());
    }

    @Override
    public List<String> columns() {
        final List<String> columns = new ArrayList<>();
        for (final Goal goal : goals) {
            columns.add(goal.name() + " Mpps");
            columns.add("bounds");
            columns.add("Gb/s");
        }
        columns.add("trials");
        return columns;
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        final List<String> row = new ArrayList<>();
        for (final Goal goal : goals) {
            final GoalResult result = Searches.evaluate(goal, trials);
            row.add(Searches.mega(result.conditional()));
            row.add(Searches.mega(result.bounds().lower()) + ".." + Searches.mega(result.bounds().upper())
                + (result.regular() ? "" : " irregular"));
            row.add(result.conditional().isEmpty() ? "-" : "%.2f".formatted(gigabits(result.conditional().getAsDouble(), point)));
        }
        row.add(String.valueOf(trials.size()));
        return List.of(row);
    }

    @Override
    public List<String> remarks(final List<TrialResult> trials) {
        return goals.stream().filter(goal -> {
            final GoalResult result = Searches.evaluate(goal, trials);
            return result.bounds().lower().isPresent() && result.bounds().upper().isEmpty();
        }).map(goal -> goal.name() + ": no upper bound; not the device is the limit, but " + (Double.isInfinite(most)
            ? "what the generator can offer" : "the generator or --max-load")).toList();
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot throughput = new Plot("Throughput against size", "octets of the clear packet (mean)", "Mpps");
        final Plot octets = new Plot("The same in clear octets", "octets of the clear packet (mean)", "Gb/s");
        final Plot loss = new Plot("Loss against load, all trials that count", "offered, Mpps", "lost, %");
        for (final PointResult point : points) {
            final double size = point.point().traffic().sizes().mean();
            for (final Goal goal : goals) {
                final double rate = Searches.evaluate(goal, point.counting()).conditional().orElse(Double.NaN);
                final String series = goal.name() + other(point.point());
                throughput.add(series, size, rate / 1e6);
                octets.add(series, size, gigabits(rate, point));
            }
            point.counting().forEach(trial -> loss.dot(point.point().label(), trial.offeredRate() / 1e6, trial.lossRatio() * 100));
        }
        return List.of(throughput, octets, loss);
    }

    /** Of the clear packets. */
    private static double gigabits(final double rate, final PointResult point) {
        return rate * point.point().traffic().sizes().mean() * Byte.SIZE / 1e9;
    }

    private static String other(final Point point) {
        return ", " + point.traffic().sas() + " SA, " + point.device().ppes() + " PPE, " + point.traffic().mix().name() + ", "
            + point.cells().get(Point.COLUMNS.indexOf("dispatch")) + point.unusual();
    }
}
