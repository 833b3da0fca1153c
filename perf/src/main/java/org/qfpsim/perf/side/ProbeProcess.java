package org.qfpsim.perf.side;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.probe.Probe;
import org.qfpsim.sim.InputException;

/** A probe that runs, and the conversation with it. Every answer is waited for a limited time. */
public final class ProbeProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;

    private final Build build;
    private final Process process;
    private final Path errors;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final List<String> metrics;

    /**
     * Starts it and waits until its metrics are open.
     *
     * @param build the program.
     * @param cpu   the processor to run on, or -1 for any.
     */
    public ProbeProcess(final Build build, final int cpu) {
        this.build = build;
        try {
            errors = Files.createTempFile("qfp-probe", ".err");
            process = new ProcessBuilder(build.command(cpu)).redirectError(errors.toFile()).start();
        } catch (final IOException e) {
            throw new InputException(build.label() + ": its probe cannot be started: " + e.getMessage(), e);
        }
        commands = process.outputWriter(StandardCharsets.US_ASCII);
        answers = process.inputReader(StandardCharsets.UTF_8);
        try {
            final Map<String, Object> hello = answer();
            if (!Integer.valueOf(Probe.VERSION).equals(hello.get("probe")) || !(hello.get("metrics") instanceof final List<?> names)) {
                throw new InputException(build.label() + ": its probe speaks another version than " + Probe.VERSION + ": " + hello);
            }
            metrics = names.stream().map(String::valueOf).toList();
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Names of the metrics, in order. */
    public List<String> metrics() {
        return metrics;
    }

    /**
     * Measures.
     *
     * @param metric its place among {@link #metrics}.
     * @param millis for how long.
     * @return what the passes took.
     */
    public Slice slice(final int metric, final int millis) {
        send("slice " + metric + " " + millis);
        return Slice.of(answer());
    }

    /**
     * Measures, as {@code perf-table} does: all passes count.
     *
     * @param metric its place among {@link #metrics}.
     * @param millis for how long.
     * @return what a packet took.
     */
    public Sample sample(final int metric, final int millis) {
        send("slice " + metric + " " + millis);
        return Sample.of(answer());
    }

    /**
     * Looks at what was sampled of the cost of features.
     *
     * @param metric its place among {@link #metrics}.
     * @return the look.
     */
    public CostLook costs(final int metric) {
        send("costs " + metric);
        return JsonLine.convert(answer(), CostLook.class);
    }

    /**
     * Counts the instructions of a pass.
     *
     * @param metric  its place among {@link #metrics}.
     * @param counter counts those of a thread between its last two {@link org.qfpsim.perf.probe.Mark}s, less what a mark takes.
     * @return instructions a packet.
     */
    public double step(final int metric, final Stepping counter) {
        send("step " + metric);
        final Map<String, Object> about;
        try {
            about = answer();
        } catch (final InputException e) {
            throw new InputException(build.label() + ": its probe cannot be stepped: it is of a version before perf instructions", e);
        }
        if (!(about.get("thread") instanceof final Number thread) || !(about.get("packets") instanceof final Number packets)) {
            throw new InputException(build.label() + ": its probe cannot be stepped: " + about);
        }
        counter.attach(thread.longValue());
        send("go");
        final long steps = counter.count();
        answer();
        return steps / packets.doubleValue();
    }

    /** Who counts. */
    public interface Stepping {
        /**
         * Watches a thread, which goes on.
         *
         * @param thread the kernel's number of it.
         */
        void attach(long thread);

        /**
         * Counts, and lets the thread go.
         *
         * @return its instructions.
         */
        long count();
    }

    /** Lets it check that every packet met its end. */
    public void end() {
        send("end");
        answer();
    }

    private void send(final String command) {
        try {
            commands.write(command);
            commands.newLine();
            commands.flush();
        } catch (final IOException e) {
            throw died(e);
        }
    }

    private Map<String, Object> answer() {
        final String line;
        // readLine knows no limit; a process that is gone ends it.
        final CompletableFuture<Process> watchdog = new CompletableFuture<Process>()
            .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS);
        watchdog.thenAccept(Process::destroyForcibly);
        try {
            line = answers.readLine();
        } catch (final IOException e) {
            throw died(e);
        } finally {
            watchdog.cancel(false);
        }
        final Map<String, Object> answer = line == null ? null : JsonLine.parse(line);
        if (answer == null) {
            throw died(null);
        }
        return answer;
    }

    private InputException died(final @Nullable IOException cause) {
        process.destroyForcibly();
        String said;
        try {
            said = Files.readString(errors).lines().filter(line -> !line.startsWith("WARNING")).findFirst()
                .orElse("nothing on standard error");
        } catch (final IOException e) {
            said = String.valueOf(e.getMessage());
        }
        final InputException died = new InputException(build.label() + ": its probe ended without an answer: " + said);
        if (cause != null) {
            died.addSuppressed(cause);
        }
        return died;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(errors);
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
