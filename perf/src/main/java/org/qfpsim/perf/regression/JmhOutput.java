package org.qfpsim.perf.regression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.perf.side.Slice;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;

/** A side of a comparison as results of JMH, for what reads those: a metric is a benchmark, a process a fork, a slice an iteration. */
final class JmhOutput {
    private JmhOutput() {
    }

    /**
     * Writes both sides.
     *
     * @param record the blocks.
     * @param prefix of the files {@code PREFIX-a.json} and {@code PREFIX-b.json}.
     */
    static void write(final Record record, final Path prefix) {
        for (final boolean sideB : new boolean[] {false, true}) {
            final Path file = prefix.resolveSibling(prefix.getFileName() + (sideB ? "-b.json" : "-a.json"));
            try {
                Files.writeString(file, Json.pretty(benchmarks(record, sideB)) + "\n");
            } catch (final IOException e) {
                throw InputException.io("perf judge: --jmh " + file, "cannot be written", e);
            }
        }
    }

    private static List<Map<String, Object>> benchmarks(final Record record, final boolean sideB) {
        final List<Map<String, Object>> benchmarks = new ArrayList<>();
        for (final String metric : record.changes().keySet()) {
            final List<double[]> forks = record.slices(metric, sideB).stream()
                .map(slices -> slices.stream().mapToDouble(Slice::best).toArray()).toList();
            final Map<String, Object> primary = new LinkedHashMap<>();
            primary.put("score", record.nanos(metric, sideB));
            primary.put("scoreUnit", "ns/op");
            primary.put("rawData", forks);
            final Map<String, Object> benchmark = new LinkedHashMap<>();
            benchmark.put("benchmark", metric);
            benchmark.put("mode", "avgt");
            benchmark.put("threads", 1);
            benchmark.put("forks", forks.size());
            benchmark.put("measurementIterations", forks.getFirst().length);
            benchmark.put("primaryMetric", primary);
            benchmarks.add(benchmark);
        }
        return benchmarks;
    }
}
