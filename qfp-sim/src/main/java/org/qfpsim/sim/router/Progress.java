package org.qfpsim.sim.router;

import java.io.PrintWriter;

/** A line on standard error that says how far something is, from the second second on. Ends with a line feed if it was shown. */
public final class Progress implements AutoCloseable {
    private static final long FIRST = 2_000_000_000L;
    private static final long EACH = 1_000_000_000L;

    private final PrintWriter err;
    private final String what;
    private final String unit;
    private final boolean terminal = System.console() != null;
    private final long start = System.nanoTime();
    private long due = start + FIRST;
    private boolean shown;

    /**
     * Starts the clock.
     *
     * @param err  where the line goes.
     * @param what is going on.
     * @param unit of the count.
     */
    public Progress(final PrintWriter err, final String what, final String unit) {
        this.err = err;
        this.what = what;
        this.unit = unit;
    }

    /**
     * Says how far it is.
     *
     * @param count units done.
     */
    public void at(final long count) {
        final long now = System.nanoTime();
        if (now - due < 0) {
            return;
        }
        due = now + EACH;
        final double seconds = (now - start) / 1e9;
        err.printf("%s%s: %,d %s, %.0f s, %,.0f a second%s", terminal ? "\r" : "", what, count, unit, seconds, count / seconds,
            terminal ? "" : System.lineSeparator());
        err.flush();
        shown = true;
    }

    @Override
    public void close() {
        if (shown && terminal) {
            err.println();
        }
    }
}
