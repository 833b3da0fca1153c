package org.qfpsim.perf.regression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/** Differences between what two builds made of the same capture. */
final class CounterDiff {
    /** Says where it ran and how fast, not what became of packets. */
    private static final List<String> IGNORED = List.of("/environment", "/capture", "/crypto", "/pipeline/cost");

    private CounterDiff() {
    }

    /**
     * Every number and name that differs.
     *
     * @param a what replay --json wrote.
     * @param b the same of the other build.
     * @return one line each; a counter that one build does not have counts as 0.
     */
    static List<String> counters(final Path a, final Path b) {
        final TreeMap<String, String> before = leaves(a);
        final TreeMap<String, String> behind = leaves(b);
        final TreeMap<String, String> all = new TreeMap<>(before);
        behind.forEach(all::putIfAbsent);
        final List<String> lines = new ArrayList<>();
        for (final String name : all.keySet()) {
            final String older = before.getOrDefault(name, "0");
            final String newer = behind.getOrDefault(name, "0");
            if (!older.equals(newer)) {
                lines.add(name.substring(1) + ": " + older + " -> " + newer);
            }
        }
        return lines;
    }

    private static TreeMap<String, String> leaves(final Path file) {
        final TreeMap<String, String> leaves = new TreeMap<>();
        try {
            collect("", new ObjectMapper().readTree(file.toFile()), leaves);
        } catch (final IOException e) {
            throw InputException.io("perf counters: " + file, "cannot be read", e);
        }
        return leaves;
    }

    private static void collect(final String name, final JsonNode node, final TreeMap<String, String> leaves) {
        if (IGNORED.contains(name)) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(member -> collect(name + "/" + member.getKey(), member.getValue(), leaves));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(name + "/" + i, node.get(i), leaves);
            }
        } else {
            leaves.put(name, node.asText());
        }
    }

    /**
     * The first packet that met another end.
     *
     * @param a what replay --verdicts wrote.
     * @param b the same of the other build.
     * @return two lines, or null if all are alike.
     */
    static @Nullable String firstPacket(final Path a, final Path b) {
        try (BufferedReader before = Files.newBufferedReader(a); BufferedReader behind = Files.newBufferedReader(b)) {
            while (true) {
                final String older = before.readLine();
                final String newer = behind.readLine();
                if (older == null && newer == null) {
                    return null;
                }
                if (older == null || !older.equals(newer)) {
                    return "A: " + (older == null ? "no more packets" : older) + System.lineSeparator()
                        + "B: " + (newer == null ? "no more packets" : newer);
                }
            }
        } catch (final IOException e) {
            throw InputException.io("perf counters: the verdicts", "cannot be read", e);
        }
    }
}
