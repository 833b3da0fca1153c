package org.qfpsim.sim.throughput.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qfpsim.sim.throughput.experiment.DiscardRule;
import org.qfpsim.sim.throughput.experiment.Experiment;
import org.qfpsim.sim.throughput.experiment.Point;
import org.qfpsim.sim.throughput.experiment.PointResult;
import org.qfpsim.sim.throughput.load.Device;
import org.qfpsim.sim.throughput.load.TrialResult;

/** Everything that was measured: what the reports are made of. */
public final class Run {
    private final List<String> command;
    private final Experiment experiment;
    private final DiscardRule rule;
    private final Map<String, Object> environment;
    private final List<PointResult> points = new ArrayList<>();
    private boolean complete;

    /**
     * An empty run.
     *
     * @param command     the command line.
     * @param experiment  what is done.
     * @param rule        when a trial does not count.
     * @param environment the machine.
     */
    public Run(final List<String> command, final Experiment experiment, final DiscardRule rule, final Map<String, Object> environment) {
        this.command = List.copyOf(command);
        this.experiment = experiment;
        this.rule = rule;
        this.environment = environment;
    }

    /**
     * Adds what was measured at a point.
     *
     * @param point the point.
     */
    public void add(final PointResult point) {
        points.add(point);
    }

    /** All points were measured. */
    public void complete() {
        complete = true;
    }

    /** Whether all points were measured. */
    public boolean isComplete() {
        return complete;
    }

    /** What is done. */
    public Experiment experiment() {
        return experiment;
    }

    Map<String, Object> environment() {
        return environment;
    }

    List<String> command() {
        return command;
    }

    /** The points so far. */
    public List<PointResult> points() {
        return points;
    }

    /** What did not add up, a line each; empty when every frame of every trial was accounted for. */
    public List<String> faults() {
        return points.stream().flatMap(point -> point.trials().stream().filter(trial -> !trial.conservation().isEmpty())
            .map(trial -> point.point().label() + ", " + trial.purpose() + ": " + trial.conservation())).distinct().toList();
    }

    /** The rule for discarding trials, in words. */
    String ruleText() {
        return points.stream().anyMatch(point -> Boolean.TRUE.equals(point.facts().get("modelled"))) ? DiscardRule.VIRTUAL : rule.text();
    }

    /** What device and generator are, a line each. */
    public List<String> notes() {
        return points.stream().flatMap(point -> point.facts().getOrDefault(Device.NOTES, List.of()) instanceof final List<?> lines
            ? lines.stream().map(String::valueOf) : Stream.empty()).distinct().toList();
    }

    /** What must be known to read the results. */
    public List<String> remarks() {
        return points.stream().flatMap(point -> experiment.remarks(point.counting()).stream().map(
            remark -> point.point().label() + ": " + remark)).toList();
    }

    /** How the discarded trials changed the results, in a sentence or two. */
    public List<String> disturbances() {
        final long all = points.stream().mapToLong(point -> point.trials().size()).sum();
        final long discarded = all - points.stream().mapToLong(point -> point.counting().size()).sum();
        final long kept = points.stream().flatMap(point -> point.counting().stream())
            .filter(trial -> !rule.reason(trial).isEmpty()).count();
        final List<String> lines = new ArrayList<>();
        lines.add("%d trial%s, %d discarded by the rule%s".formatted(all, all == 1 ? "" : "s", discarded, kept == 0 ? ""
            : "; %d count although they were disturbed, as their repetitions were too".formatted(kept)));
        if (kept > 0) {
            lines.add("this machine was not quiet: take the results as lower bounds");
        }
        return lines;
    }

    /** Which of the points' columns the table has; they come first. */
    public List<Integer> columns() {
        return Point.columns(points.stream().map(PointResult::point).toList());
    }

    /** The table's cells, titles first. */
    public List<List<String>> table() {
        final List<Integer> columns = columns();
        final List<List<String>> rows = new ArrayList<>();
        rows.add(join(columns.stream().map(Point.COLUMNS::get).toList(), experiment.columns()));
        for (final PointResult point : points) {
            final List<String> cells = point.point().cells();
            experiment.rows(point).forEach(row -> rows.add(join(columns.stream().map(cells::get).toList(), row)));
        }
        return rows;
    }

    private static List<String> join(final List<String> first, final List<String> second) {
        final List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** All of it, for JSON. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", command);
        map.put("complete", complete);
        map.put("experiment", experiment.name());
        map.put("settings", experiment.settings());
        map.put("discard_rule", rule.toMap());
        map.put("environment", environment);
        map.put("summary", disturbances());
        map.put("points", points.stream().map(this::toMap).toList());
        return map;
    }

    private Map<String, Object> toMap(final PointResult point) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("point", point.point().toMap());
        map.put("complete", point.complete());
        map.put("most_load", point.most());
        map.put("device", point.facts());
        map.put("results", experiment.evaluate(point.counting()));
        map.put("results_with_discarded", experiment.evaluate(point.trials()));
        map.put("trials", point.trials().stream().map(TrialCodec::toMap).toList());
        return map;
    }

    /** Trials of all points with their points. */
    List<Map.Entry<Point, TrialResult>> trials() {
        return points.stream().flatMap(point -> point.trials().stream().map(trial -> Map.entry(point.point(), trial))).toList();
    }
}
