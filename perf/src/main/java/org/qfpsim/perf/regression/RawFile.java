package org.qfpsim.perf.regression;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.sim.InputException;

/**
 * Everything a comparison measured, one JSON object a line: first what was compared where, then each block as soon as it exists, at last
 * the verdicts. So a comparison that is interrupted keeps what it measured; {@code ./qfp perf judge FILE} reads it.
 */
final class RawFile implements AutoCloseable {
    private final @Nullable Path file;
    private final @Nullable BufferedWriter out;

    /**
     * Opens it before the minutes are spent.
     *
     * @param file where, or null for nowhere.
     */
    RawFile(final @Nullable Path file) {
        this.file = file;
        try {
            out = file == null ? null : Files.newBufferedWriter(file);
        } catch (final IOException e) {
            throw InputException.io("perf: --json " + file, "cannot be written", e);
        }
    }

    void add(final Map<String, Object> line) {
        if (out == null) {
            return;
        }
        try {
            out.write(JsonLine.of(line));
            out.newLine();
            out.flush();
        } catch (final IOException e) {
            throw InputException.io("perf: --json " + file, "cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (final IOException e) {
            throw InputException.io("perf: --json " + file, "cannot be written", e);
        }
    }
}
