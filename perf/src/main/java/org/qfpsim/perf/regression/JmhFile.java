package org.qfpsim.perf.regression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Interval;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.RankSum;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.InputException;

/**
 * Results of JMH, its own files or those of {@code ./qfp bench --json}. A fork is one sample, the median of its iterations: iterations of
 * one process have its compiler's decisions in common. So few forks decide nothing, however many iterations they have.
 */
final class JmhFile {
    private static final String ROW = "%-56s %5s   %8s  %-20s   %s";

    private final Path file;
    /** Logarithm of the time of each fork, by benchmark and parameters. */
    private final Map<String, double[]> forks = new LinkedHashMap<>();

    JmhFile(final Path file) {
        this.file = file;
        final JsonNode root;
        try {
            root = new ObjectMapper().readTree(file.toFile());
        } catch (final IOException e) {
            throw InputException.io("perf compare: " + file, "cannot be read", e);
        }
        final JsonNode benchmarks = root.isArray() ? root : root.path("benchmarks");
        for (final JsonNode benchmark : benchmarks) {
            add(benchmark);
        }
        if (forks.isEmpty()) {
            throw new InputException("perf compare: " + file + " has no results of JMH; ./qfp bench --json FILE writes some");
        }
    }

    private void add(final JsonNode benchmark) {
        final StringBuilder name = new StringBuilder(benchmark.path("benchmark").asText());
        benchmark.path("params").properties().forEach(param -> name.append(' ').append(param.getKey()).append('=').append(param.getValue()
            .asText()));
        final boolean rate = benchmark.path("mode").asText().equals("thrpt");
        final List<Double> samples = new ArrayList<>();
        for (final JsonNode fork : benchmark.path("primaryMetric").path("rawData")) {
            final double[] iterations = new double[fork.size()];
            Arrays.setAll(iterations, i -> fork.get(i).asDouble());
            Arrays.sort(iterations);
            final double median = iterations.length == 0 ? 0 : (iterations[(iterations.length - 1) / 2]
                + iterations[iterations.length / 2]) / 2;
            if (!(median > 0)) {
                throw new InputException("perf compare: " + file + ": " + name + ": rawData has a fork without times");
            }
            samples.add(rate ? -Math.log(median) : Math.log(median));
        }
        if (!samples.isEmpty()) {
            forks.put(name.toString(), samples.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** One finding of each benchmark that both files have; the error rate is divided by their number. */
    List<Finding> against(final JmhFile before, final Judge judge) {
        final List<String> common = forks.keySet().stream().filter(before.forks::containsKey).toList();
        if (common.isEmpty()) {
            throw new InputException("perf compare: " + before.file + " and " + file
                + " have no benchmark with the same parameters in common");
        }
        final double level = judge.error() / common.size();
        final List<Finding> findings = new ArrayList<>();
        for (final String name : common) {
            final double[] older = before.forks.getOrDefault(name, new double[0]);
            final double[] newer = forks.getOrDefault(name, new double[0]);
            final Interval interval = RankSum.interval(older, newer, level);
            findings.add(new Finding(name, interval, level, Math.min(older.length, newer.length), Verdict.of(interval, judge.margin())));
        }
        return findings;
    }

    static List<String> lines(final List<Finding> findings, final double margin) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, ROW, "time, medians of forks", "forks", "change", "interval", "verdict"));
        for (final Finding finding : findings) {
            lines.add(ROW.formatted(finding.metric(), finding.samples(), Report.percent(finding.interval().estimate()),
                Report.range(finding.interval()), finding.verdict()));
        }
        lines.add(Report.conclusion(findings, margin));
        return lines;
    }
}
