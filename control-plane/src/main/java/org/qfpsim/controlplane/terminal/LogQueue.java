package org.qfpsim.controlplane.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Log lines that wait until a terminal may show them. */
final class LogQueue {
    /** As {@code logging synchronous} has it unless told otherwise. */
    private static final int MOST = 20;

    private final Deque<String> lines = new ArrayDeque<>();
    private long lost;

    /** Adds a line; returns false if it is lost because too many wait. */
    boolean add(final String line) {
        if (lines.size() == MOST) {
            lost++;
            return false;
        }
        lines.addLast(line);
        return true;
    }

    /** The next line to show; null if there is none. What was lost is said behind what was not. */
    @Nullable String next() {
        if (lines.isEmpty() && lost > 0) {
            final String text = "%SYS-3-MSGLOST: " + lost + " messages lost because of queue overflow";
            lost = 0;
            return text;
        }
        return lines.pollFirst();
    }

    boolean isEmpty() {
        return lines.isEmpty() && lost == 0;
    }
}
