package org.qfpsim.sim.router;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** A line on standard error that says how far something is, from the second second on. Ends with a line feed if it was shown. */
public final class Progress implements AutoCloseable {
    private static final long FIRST = 2_000_000_000L;
    private static final long EACH = 1_000_000_000L;

    private final PrintWriter err;
    private final String what;
    private final String unit;
    private final boolean terminal;
    private final LongSupplier clock;
    private final long start;
    private long due;
    private boolean shown;

    /**
     * Starts the clock.
     *
     * @param err  where the line goes.
     * @param what is going on.
     * @param unit of the count.
     */
    public Progress(final PrintWriter err, final String what, final String unit) {
        this(err, what, unit, System.console() != null, System::nanoTime);
    }

    /** With another clock, nanoseconds; on a terminal the line is written over, elsewhere there is one after the other. */
    Progress(final PrintWriter err, final String what, final String unit, final boolean terminal, final LongSupplier clock) {
        this.err = err;
        this.what = what;
        this.unit = unit;
        this.terminal = terminal;
        this.clock = clock;
        start = clock.getAsLong();
        due = start + FIRST;
    }

    /**
     * Says how far it is.
     *
     * @param count units done.
     */
    public void at(final long count) {
        final long now = clock.getAsLong();
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
