package org.qfpsim.perf.regression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.InputException;

/**
 * What one version took on one machine at one time: a line of a history file. Its last line serves as a baseline.
 *
 * @param at       when, ISO 8601.
 * @param version  what was measured.
 * @param suite    of metrics.
 * @param hardware whatever must be the same for times to be comparable: processor, system, JDK, crypto library.
 * @param nanos    a packet of each metric, one for each process; the ruler is among them.
 */
record Samples(String at, String version, String suite, String hardware, Map<String, double[]> nanos) {
    private static final int FORMAT = 1;

    /** Both sides of a comparison of a version with itself. */
    static Samples of(final String version, final String suite, final String backend, final Environment environment, final Record record) {
        final Map<String, double[]> nanos = new LinkedHashMap<>();
        record.changes().keySet().forEach(metric -> nanos.put(metric, record.times(metric)));
        final String hardware = String.join("; ", environment.cpu(), environment.os(), environment.jdk(),
            backend + " " + environment.cryptoLibraries().getOrDefault(backend, ""));
        return new Samples(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), version, suite, hardware, nanos);
    }

    /** Logarithms of a metric's times over the ruler's in the same process. */
    double[] ratios(final String metric) {
        final double[] ruler = nanos.getOrDefault(Suite.RULER, new double[0]);
        final double[] times = nanos.getOrDefault(metric, new double[0]);
        final double[] ratios = new double[Math.min(ruler.length, times.length)];
        Arrays.setAll(ratios, i -> Math.log(times[i] / ruler[i]));
        return ratios;
    }

    /** The median of {@link #ratios}, as a ratio; NaN if the metric was not measured. */
    double ratio(final String metric) {
        return Math.exp(median(ratios(metric)));
    }

    /** The median of the times. */
    double nanos(final String metric) {
        return median(nanos.getOrDefault(metric, new double[0]));
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** How many were measured. */
    int processes() {
        return nanos.getOrDefault(Suite.RULER, new double[0]).length;
    }

    /** The metrics that are compared: all but the ruler. */
    List<String> metrics() {
        return nanos.keySet().stream().filter(name -> !name.equals(Suite.RULER)).toList();
    }

    void appendTo(final Path file) {
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("qfp_samples", FORMAT);
        line.put("at", at);
        line.put("version", version);
        line.put("suite", suite);
        line.put("hardware", hardware);
        line.put("ns", nanos);
        try {
            Files.writeString(file, JsonLine.of(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw InputException.io("perf record: " + file, "cannot be written", e);
        }
    }

    /**
     * Reads a history.
     *
     * @param file written by {@link #appendTo}.
     * @return its lines, at least one.
     */
    static List<Samples> read(final Path file) {
        final List<Samples> all = new ArrayList<>();
        try {
            final List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                all.add(parse(file + " line " + (i + 1), JsonLine.parse(lines.get(i))));
            }
        } catch (final IOException e) {
            throw InputException.io("perf: " + file, "cannot be read", e);
        }
        if (all.isEmpty()) {
            throw new InputException("perf: " + file + " is empty; perf record --to " + file + " fills it");
        }
        return all;
    }

    private static Samples parse(final String place, final @Nullable Map<String, Object> line) {
        if (line == null || !Integer.valueOf(FORMAT).equals(line.get("qfp_samples")) || !(line.get("ns") instanceof final Map<?, ?> ns)) {
            throw new InputException("perf: " + place + ": not what perf record writes");
        }
        final Map<String, double[]> nanos = new LinkedHashMap<>();
        ns.forEach((name, values) -> nanos.put(String.valueOf(name), numbers(place, values)));
        if (nanos.getOrDefault(Suite.RULER, new double[0]).length == 0) {
            throw new InputException("perf: " + place + ": the ruler '" + Suite.RULER + "' is missing");
        }
        return new Samples(String.valueOf(line.get("at")), String.valueOf(line.get("version")), String.valueOf(line.get("suite")),
            String.valueOf(line.get("hardware")), nanos);
    }

    private static double[] numbers(final String place, final Object values) {
        if (!(values instanceof final List<?> list)
            || !list.stream().allMatch(value -> value instanceof final Number number && number.doubleValue() > 0)) {
            throw new InputException("perf: " + place + ": the times are not a list of numbers above zero");
        }
        return list.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }
}
