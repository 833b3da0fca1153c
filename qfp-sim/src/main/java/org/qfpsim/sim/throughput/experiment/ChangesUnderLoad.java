package org.qfpsim.sim.throughput.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.report.Plot;

/**
 * What packets suffer when SAs change meanwhile: the effective blocked time, which is what was lost by the load (as FD.io CSIT has it for
 * its reconfiguration tests).
 */
public final class ChangesUnderLoad implements Experiment {
    private static final List<Integer> SAS = List.of(0, 1, 10, 100, 1000, 10_000);
    private static final double SHARE = 0.9;

    private final Kind kind;
    private final List<Integer> amounts;
    private final Basis basis;

    /** What changes. */
    private enum Kind {
        CHURN("churn", "churn of ", " SAs", "SAs changed", "SAs installed and retired"),
        REKEY("rekey", "rekeys: ", " a second", "rekeys a second", "rekeys a second");

        private final String title;
        private final String before;
        private final String behind;
        private final String column;
        private final String axis;

        Kind(final String title, final String before, final String behind, final String column, final String axis) {
            this.title = title;
            this.before = before;
            this.behind = behind;
            this.column = column;
            this.axis = axis;
        }
    }

    private ChangesUnderLoad(final Kind kind, final List<Integer> amounts, final Basis basis) {
        this.kind = kind;
        this.amounts = List.copyOf(amounts);
        this.basis = basis;
    }

    /**
     * SAs that no packet uses come and go.
     *
     * @param basis the throughput of which 90 % are offered.
     * @return the experiment.
     */
    public static Experiment churn(final Basis basis) {
        return new ChangesUnderLoad(Kind.CHURN, SAS, basis);
    }

    /**
     * Peers move to new SAs.
     *
     * @param basis the throughput of which 90 % are offered.
     * @param rates rekeys a second.
     * @return the experiment.
     */
    public static Experiment rekeys(final Basis basis, final List<Integer> rates) {
        return new ChangesUnderLoad(Kind.REKEY, rates, basis);
    }

    @Override
    public String name() {
        return kind.title;
    }

    @Override
    public List<String> describe() {
        return List.of(kind == Kind.CHURN
            ? "SAs installed and retired by another thread from a third of a trial on, at 90 % of the throughput by"
            : "peers move to new SAs one after the other; the router has the new one %.0f ms before and the old one %.0f ms after (less in "
                .formatted(TrialSpec.REKEY_LEAD * 1e3, TrialSpec.REKEY_LEAD * 1e3) + "a short trial), at 90 % of the throughput by",
            "  " + basis.goal());
    }

    @Override
    public Map<String, Object> settings() {
        final Map<String, Object> map = basis.settings();
        if (kind == Kind.REKEY) {
            map.put("rekeys_a_second", amounts);
            map.put("lead_seconds", TrialSpec.REKEY_LEAD);
        }
        return map;
    }

    @Override
    public void run(final Trials trials) {
        final double base = basis.search(trials);
        for (final int amount : amounts) {
            final double load = Math.max(1, Math.rint(base * SHARE));
            final String purpose = kind.before + amount + kind.behind;
            trials.measure(kind == Kind.CHURN ? TrialSpec.churn(purpose, load, basis.seconds(), amount)
                : TrialSpec.rekeys(purpose, load, basis.seconds(), amount), basis.seconds());
        }
    }

    private List<TrialResult> steps(final List<TrialResult> trials) {
        return trials.stream().filter(trial -> trial.purpose().startsWith(kind.before)).toList();
    }

    private String amount(final TrialResult trial) {
        return trial.purpose().substring(kind.before.length(), trial.purpose().length() - kind.behind.length());
    }

    private static double blockedSeconds(final TrialResult trial) {
        return trial.lost() / trial.load();
    }

    @Override
    public Map<String, Object> evaluate(final List<TrialResult> trials) {
        final List<Object> list = new ArrayList<>();
        for (final TrialResult trial : steps(trials)) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put(kind == Kind.CHURN ? "sas" : "rekeys_a_second", Integer.parseInt(amount(trial)));
            map.put("load", trial.load());
            map.put("lost", trial.lost());
            map.put("effective_blocked_seconds", blockedSeconds(trial));
            list.add(map);
        }
        return Map.of("throughput", basis.evaluate(trials).toMap(), "steps", list);
    }

    @Override
    public List<String> columns() {
        return List.of("load Mpps", kind.column, "lost", "blocked ms", "p50 us", "p99 us", "lost by");
    }

    @Override
    public List<List<String>> rows(final PointResult point) {
        final List<TrialResult> trials = point.counting();
        return steps(trials).stream().map(trial -> List.of(Searches.mega(trial.load()), amount(trial), "%,d".formatted(trial.lost()),
            "%.3f".formatted(blockedSeconds(trial) * 1e3), LatencyUnderLoad.micros(trial, "50"),
            LatencyUnderLoad.micros(trial, "99"), String.join(" ", trial.drops().keySet()))).toList();
    }

    @Override
    public List<Plot> plots(final List<PointResult> points) {
        final Plot plot = new Plot("Effective blocked time", kind.axis, "ms");
        points.forEach(point -> steps(point.counting()).forEach(
            trial -> plot.add(point.point().label(), Integer.parseInt(amount(trial)), blockedSeconds(trial) * 1e3)));
        return List.of(plot);
    }
}
