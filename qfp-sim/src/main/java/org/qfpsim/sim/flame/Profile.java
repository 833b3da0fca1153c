package org.qfpsim.sim.flame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import one.profiler.AsyncProfiler;
import org.qfpsim.sim.InputException;

/** This process, looked at by async-profiler from its start on. */
final class Profile implements AutoCloseable {
    /** Both may not be had: hardware counters in a guest or for this user, timers of a thread outside Linux. */
    private static final String EVENT = "cpu";
    private static final String INSTEAD = "itimer";

    private final AsyncProfiler profiler;

    private Profile(final AsyncProfiler profiler) {
        this.profiler = profiler;
    }

    /**
     * Starts.
     *
     * @param micros processor time between two looks at a thread.
     * @return the profile.
     * @throws InputException if async-profiler does not work here.
     */
    static Profile start(final int micros) {
        final AsyncProfiler profiler;
        try {
            profiler = AsyncProfiler.getInstance();
        } catch (final IllegalStateException | UnsatisfiedLinkError e) {
            throw new InputException("flame: async-profiler does not come along for this system (" + e.getMessage()
                + "); if there is a build of it, put libasyncProfiler into a folder and name that with"
                + " QFP_JAVA_OPTS=-Djava.library.path=FOLDER", e);
        }
        try {
            start(profiler, EVENT, micros);
        } catch (final IllegalStateException e) {
            try {
                start(profiler, INSTEAD, micros);
            } catch (final IllegalStateException again) {
                again.addSuppressed(e);
                throw new InputException("flame: async-profiler cannot look at this process: " + again.getMessage(), again);
            }
        }
        return new Profile(profiler);
    }

    private static void start(final AsyncProfiler profiler, final String event, final int micros) {
        execute(profiler, "start,event=" + event + ",interval=" + micros + "us");
    }

    /**
     * Draws what was seen so far.
     *
     * @param out   gets the graph.
     * @param title above it; commas, which the profiler's language has no way to say, become blanks.
     */
    void write(final OutputStream out, final String title) {
        try {
            // Not beside the target: its name is the user's, and may have a comma.
            final Path drawn = Files.createTempFile("qfp-flame", ".html");
            try {
                execute(profiler, "dump,flamegraph,title=" + title.replace(',', ' ') + ",file=" + drawn);
                Files.copy(drawn, out);
            } finally {
                Files.delete(drawn);
            }
        } catch (final IOException e) {
            throw InputException.io("flame", "the graph cannot be drawn", e);
        }
    }

    @Override
    public void close() {
        execute(profiler, "stop");
    }

    private static String execute(final AsyncProfiler profiler, final String command) {
        try {
            return profiler.execute(command);
        } catch (final IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
