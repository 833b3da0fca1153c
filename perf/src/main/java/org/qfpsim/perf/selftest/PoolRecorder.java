package org.qfpsim.perf.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Turns;

/**
 * Records blocks of two test builds, whose side B does each amount of planted work in turn: one pair of JVMs gives one block of each level.
 * In a level's block side A is the same build without planted work, in a JVM of its own and measured right before and after.
 */
final class PoolRecorder {
    /** Planted slow-downs in percent. */
    static final List<Integer> LEVELS = List.of(0, 1, 2, 3, 5, 10);

    private static final int WARM_UP = 780;
    private static final int QUADS = 4;
    private static final int MILLIS = 8;
    /** {@link Burn}'s 256ths of a step for each level, found by measuring: what an unknown SPI takes is so little that the fence counts. */
    private static final Map<String, String> PARTS = Map.of(
        "bare 64", "0",
        "path 64", "0,186,325,463,740,1431",
        "unknown SPI 64", "0,65,95,120,225,410");

    private final Build build;
    private final Turns turns;

    /** The parts that slow good packets of 64 octets down by so many percent of {@link #LEVELS}. */
    static int parts(final int level) {
        return Integer.parseInt(PARTS.getOrDefault("path 64", "").split(",", -1)[LEVELS.indexOf(level)]);
    }

    PoolRecorder(final Build running, final String backend, final int cpu) {
        try {
            final Path front = Files.createTempDirectory("qfp-planted");
            Plant.into(front);
            final List<String> arguments = new ArrayList<>(List.of(backend));
            PARTS.forEach((metric, parts) -> arguments.add(metric + "=" + parts));
            build = running.behind(front, PlantedProbe.class.getName(), arguments);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        turns = new Turns(cpu, WARM_UP, QUADS, MILLIS);
    }

    Block block(final RandomGenerator coin) {
        return turns.block(build, build, coin.nextBoolean(), (a, b) -> {
            final List<Turns.Row> rows = new ArrayList<>();
            PARTS.keySet().stream().sorted().forEach(metric -> {
                final int clean = a.indexOf(metric + " 0");
                for (int level = 0; level < LEVELS.size(); level++) {
                    final int planted = b.indexOf(metric + " " + level);
                    if (planted >= 0) {
                        rows.add(new Turns.Row(metric + " +" + LEVELS.get(level), clean, planted));
                    }
                }
            });
            return rows;
        });
    }
}
