package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param name        of the scenario.
 * @param seed        that it ran with.
 * @param nanos       the time that passed in it.
 * @param checks      every expectation, in the order of the file.
 * @param problems    laws that were broken: frames without an account.
 * @param warnings    what is wrong with the routers' configurations, which run nevertheless.
 * @param fingerprint 64 hex digits.
 * @param pace        how the run kept up with a real clock; null with a virtual one.
 */
public record ScenarioResult(String name, long seed, long nanos, List<Check> checks, List<String> problems, List<String> warnings,
                             String fingerprint, @Nullable Pace pace) {
    /**
     * How a run kept up with a real clock.
     *
     * @param toleranceNanos how late anything was allowed to come.
     * @param latenessNanos  how late the latest event or answer of a node came.
     */
    public record Pace(long toleranceNanos, long latenessNanos) {
        /** Whether the machine was fast enough for the expectations to mean something. */
        public boolean kept() {
            return latenessNanos <= toleranceNanos;
        }

        String text() {
            return "tolerance " + Story.seconds(toleranceNanos) + " s, the latest event came " + Story.seconds(latenessNanos) + " s late";
        }
    }

    /**
     * An expectation and what was seen.
     *
     * @param text     what was looked at.
     * @param group    expectations that are shown as one have one number.
     * @param expected in words.
     * @param seen     in words.
     * @param passed   whether it was as expected.
     */
    public record Check(String text, int group, String expected, String seen, boolean passed) {
    }

    /** A line for people: one expectation, or many of one kind that passed. */
    record Row(String text, String expected, String seen, boolean passed) {
    }

    /** Whether everything was as expected. */
    public boolean passed() {
        return problems.isEmpty() && checks.stream().allMatch(Check::passed);
    }

    /** The first thing that was not as expected, in one line; empty if there is none. */
    public String failure() {
        if (!problems.isEmpty()) {
            return problems.getFirst();
        }
        return checks.stream().filter(check -> !check.passed()).findFirst()
            .map(check -> check.text() + ": expected " + check.expected() + ", seen " + check.seen()
                + (pace == null || pace.kept() ? "" : "; nothing follows from that, since this machine was too slow: " + pace.text()))
            .orElse("");
    }

    /** All failures, and one line for each group that passed. */
    List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        problems.forEach(problem -> rows.add(new Row(problem, "nothing of the kind", "it", false)));
        final Map<Integer, List<Check>> groups = new LinkedHashMap<>();
        checks.forEach(check -> groups.computeIfAbsent(check.group(), unused -> new ArrayList<>()).add(check));
        for (final List<Check> group : groups.values()) {
            final List<Check> passed = group.stream().filter(Check::passed).toList();
            if (passed.size() == 1) {
                rows.add(row(passed.getFirst()));
            } else if (passed.size() > 1) {
                final Check first = passed.getFirst();
                rows.add(new Row(first.text() + " and " + (passed.size() - 1) + " like it", first.expected(), "all as expected", true));
            }
            group.stream().filter(check -> !check.passed()).forEach(check -> rows.add(row(check)));
        }
        return rows;
    }

    private static Row row(final Check check) {
        return new Row(check.text(), check.expected(), check.seen(), check.passed());
    }

    /** The same for programs. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("scenario", name);
        map.put("passed", passed());
        map.put("seed", seed);
        map.put("seconds", nanos / 1e9);
        map.put("fingerprint", fingerprint);
        if (pace != null) {
            map.put("tolerance", pace.toleranceNanos() / 1e9);
            map.put("lateness", pace.latenessNanos() / 1e9);
        }
        map.put("problems", problems);
        map.put("warnings", warnings);
        map.put("expectations", checks.stream().map(check -> Map.of("what", check.text(), "expected", check.expected(),
            "seen", check.seen(), "passed", check.passed())).toList());
        return map;
    }
}
