package org.qfpsim.perf.selftest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.side.Block;
import org.qfpsim.sim.InputException;

/** Recorded blocks of all levels, and comparisons drawn from them. */
final class Pool {
    private static final String SHIPPED = "pool.jsonl.gz";

    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> metrics = new LinkedHashSet<>();

    /**
     * Reads it.
     *
     * @param file compressed, or null for the one that comes with the program.
     */
    Pool(final @Nullable Path file) {
        final String name = file == null ? SHIPPED : file.toString();
        try (InputStream in = file == null ? Pool.class.getResourceAsStream(SHIPPED) : Files.newInputStream(file)) {
            if (in == null) {
                throw new InputException("perf selftest: this build has no " + SHIPPED);
            }
            final BufferedReader reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(name, line);
            }
        } catch (final IOException e) {
            throw InputException.io("perf selftest: " + name, "cannot be read", e);
        }
        if (blocks.isEmpty()) {
            throw new InputException("perf selftest: " + name + " has no block");
        }
    }

    private void add(final String name, final String line) {
        final Map<String, Object> map = JsonLine.parse(line);
        try {
            final Block block = Block.of(map == null ? Map.of() : map);
            for (final String row : block.pairs().keySet()) {
                final int plus = row.lastIndexOf(" +");
                if (block.pairs().containsKey(row.substring(0, Math.max(0, plus)) + " +" + PoolRecorder.LEVELS.getLast())) {
                    metrics.add(row.substring(0, plus));
                }
            }
            blocks.add(block);
        } catch (final IllegalArgumentException e) {
            throw new InputException("perf selftest: " + name + " line " + (blocks.size() + 1) + ": " + e.getMessage(), e);
        }
    }

    int size() {
        return blocks.size();
    }

    /** Those with planted work. */
    Set<String> metrics() {
        return metrics;
    }

    /**
     * What the planted work really does to a metric: the same JVM with it against without.
     *
     * @return logarithm, the median of the blocks.
     */
    double planted(final String metric, final int level) {
        final double[] sorted = blocks.stream().mapToDouble(block -> effect(block, metric, level)).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double effect(final Block block, final String metric, final int level) {
        return block.time(metric + " +" + level, true) - block.time(metric + " +0", true);
    }

    /**
     * Draws blocks with replacement. A block's two JVMs are alike without planted work, so a coin decides which of them is B: it turns the
     * sign of what they differ by themselves. The planted part is then that of the JVM that had it.
     *
     * @param level  planted percent.
     * @param count  blocks.
     * @param random source.
     * @return changes of each metric.
     */
    Map<String, double[]> draw(final int level, final int count, final RandomGenerator random) {
        final Map<String, double[]> changes = new LinkedHashMap<>();
        metrics.forEach(metric -> changes.put(metric, new double[count]));
        for (int i = 0; i < count; i++) {
            final Block block = blocks.get(random.nextInt(blocks.size()));
            final double sign = random.nextBoolean() ? 1 : -1;
            for (final Map.Entry<String, double[]> change : changes.entrySet()) {
                final String metric = change.getKey();
                change.getValue()[i] = sign * block.change(metric + " +0") + effect(block, metric, level);
            }
        }
        return changes;
    }
}
