package org.qfpsim.perf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;

/**
 * A file of raw results: {@code {"environment": {...}, "benchmarks": [...]}}, where {@code benchmarks} is what JMH itself writes, every
 * iteration included. It gets its name when it is complete.
 */
final class BenchJson implements AutoCloseable {
    private final String command;
    private final Path file;
    private final Path partial;

    /**
     * Claims the file.
     *
     * @param command whose messages these are.
     * @param file    where.
     */
    BenchJson(final String command, final Path file) {
        this.command = command;
        this.file = file;
        this.partial = file.resolveSibling(file.getFileName() + ".partial");
        if (Files.isDirectory(file)) {
            throw new InputException(command + ": --json " + file + " is a directory; name a file");
        }
        if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
            throw new InputException(command + ": --json " + file + ": the directory does not exist");
        }
        try {
            Files.writeString(partial, "");
        } catch (final IOException e) {
            throw unwritable(e);
        }
    }

    void write(final Environment environment, final Collection<RunResult> results) {
        final ByteArrayOutputStream jmh = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(jmh, true, StandardCharsets.UTF_8)).writeOut(results);
        write(environment, "benchmarks", jmh.toString(StandardCharsets.UTF_8));
    }

    /** The same with {@code "table"} instead of {@code "benchmarks"}. */
    void write(final Environment environment, final Map<String, Object> table) {
        write(environment, "table", Json.pretty(table));
    }

    private void write(final Environment environment, final String name, final String results) {
        try {
            Files.writeString(partial, "{\"environment\": " + Json.pretty(environment.toMap()) + ",\n\"" + name + "\": " + results + "}\n");
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw unwritable(e);
        }
    }

    /** Removes what an interrupted run left. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(partial);
        } catch (final IOException e) {
            throw unwritable(e);
        }
    }

    private InputException unwritable(final IOException e) {
        return new InputException(command + ": cannot write " + file + ": " + e, e);
    }
}
