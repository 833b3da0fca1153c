package org.qfpsim.controlplane.terminal;

import java.util.ArrayList;
import java.util.List;

/** The command lines of a session, the newest last; as many as {@link TerminalSettings#historySize} says. */
public final class History {
    private final TerminalSettings settings;
    private final List<String> lines = new ArrayList<>();

    /**
     * Empty.
     *
     * @param settings say how many lines are kept.
     */
    public History(final TerminalSettings settings) {
        this.settings = settings;
    }

    void add(final String line) {
        if (!line.isBlank() && (lines.isEmpty() || !lines.getLast().equals(line))) {
            lines.add(line);
        }
        trim();
    }

    private void trim() {
        final int more = lines.size() - settings.historySize();
        if (more > 0) {
            lines.subList(0, more).clear();
        }
    }

    /** The lines, the oldest first. */
    public List<String> lines() {
        trim();
        return List.copyOf(lines);
    }
}
