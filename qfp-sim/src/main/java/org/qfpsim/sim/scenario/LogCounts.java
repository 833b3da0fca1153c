package org.qfpsim.sim.scenario;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the log lines that expectations are about, as they come, so that no line needs to be kept. */
final class LogCounts {
    /** By node; each with how many lines it has met. */
    private final Map<String, Map<Expectation.LogLines, Long>> counts = new HashMap<>();

    LogCounts(final List<Expectation> expectations) {
        for (final Expectation expectation : expectations) {
            if (expectation.subject() instanceof final Expectation.LogLines lines) {
                counts.computeIfAbsent(lines.node(), unused -> new LinkedHashMap<>()).put(lines, 0L);
            }
        }
    }

    void line(final String node, final long nanos, final String line) {
        final Map<Expectation.LogLines, Long> wanted = counts.get(node);
        if (wanted != null) {
            wanted.replaceAll((lines, count) ->
                nanos >= lines.fromNanos() && nanos <= lines.untilNanos() && line.contains(lines.text()) ? count + 1 : count);
        }
    }

    long count(final Expectation.LogLines lines) {
        return counts.getOrDefault(lines.node(), Map.of()).getOrDefault(lines, 0L);
    }
}
