package org.qfpsim.perf;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.capture.OutputFile;

/**
 * A file of raw results: {@code {"environment": {...}, "benchmarks": [...]}}, where {@code benchmarks} is what JMH itself writes, every
 * iteration included. It gets its name when it is complete ({@link OutputFile}).
 */
final class BenchJson implements AutoCloseable {
    private final OutputFile file;

    /**
     * Claims the file.
     *
     * @param command whose messages these are.
     * @param path    where.
     */
    BenchJson(final String command, final Path path) {
        if (!Files.isDirectory(path.toAbsolutePath().resolveSibling(""))) {
            throw new InputException(command + ": --json " + path + ": the directory does not exist");
        }
        try {
            file = OutputFile.create(path);
        } catch (final InputException e) {
            throw new InputException(command + ": --json " + e.getMessage(), e);
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
        final PrintStream out = new PrintStream(file.stream(), false, StandardCharsets.UTF_8);
        out.print("{\"environment\": " + Json.pretty(environment.toMap()) + ",\n\"" + name + "\": " + results + "}\n");
        out.flush();
        file.commit();
    }

    /** Removes what an interrupted run left. */
    @Override
    public void close() {
        file.close();
    }
}
