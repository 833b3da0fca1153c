package org.qfpsim.perf.side;

import java.io.PrintWriter;

/** A line on standard error that says how far something is: written over every second on a terminal, a new one every ten elsewhere. */
public final class Status implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal = System.console() != null && System.console().isTerminal();
    private long last = System.nanoTime();
    private int width;

    /**
     * Starts the clock.
     *
     * @param err where the line goes.
     */
    public Status(final PrintWriter err) {
        this.err = err;
    }

    /**
     * Says it if it is time.
     *
     * @param text one line.
     */
    public void say(final String text) {
        final long now = System.nanoTime();
        if (now - last < (terminal ? SECOND : 10 * SECOND)) {
            return;
        }
        last = now;
        if (terminal) {
            err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            width = text.length();
        } else {
            err.println(text);
        }
        err.flush();
    }

    @Override
    public void close() {
        if (width > 0) {
            err.println();
            err.flush();
        }
    }
}
