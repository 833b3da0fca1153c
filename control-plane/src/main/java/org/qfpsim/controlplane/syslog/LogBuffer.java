package org.qfpsim.controlplane.syslog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest lines that fit into so many octets; a line counts its end. */
final class LogBuffer {
    private final Deque<String> lines = new ArrayDeque<>();
    private long octets;

    void add(final String line, final int limit) {
        lines.addLast(line);
        octets += line.length() + 1L;
        trim(limit);
    }

    void trim(final int limit) {
        while (octets > limit) {
            octets -= lines.removeFirst().length() + 1L;
        }
    }

    void clear() {
        lines.clear();
        octets = 0;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
