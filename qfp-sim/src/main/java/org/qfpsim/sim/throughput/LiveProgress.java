package org.qfpsim.sim.throughput;

import java.io.Console;
import java.io.PrintWriter;
import org.qfpsim.sim.throughput.experiment.Trials;
import org.qfpsim.sim.throughput.load.TrialSpec;

/** Says on standard error what is being tried and how long it will take: on a terminal in one line, elsewhere now and then. */
final class LiveProgress implements Trials.Watcher, AutoCloseable {
    private static final long FIRST = 2_000_000_000L;
    private static final long EACH = 5_000_000_000L;
    private static final double NANOS = 1e9;

    private final PrintWriter err;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long due = start + FIRST;
    private String point = "";
    private long pointStart = start;
    private int pointsLeft;
    private boolean shown;

    LiveProgress(final PrintWriter err) {
        this.err = err;
        final Console console = System.console();
        terminal = console != null && console.isTerminal();
    }

    /** Another point begins. */
    void point(final int number, final int of, final String label) {
        point = "[%d/%d] %s".formatted(number, of, label);
        pointStart = System.nanoTime();
        pointsLeft = of - number;
    }

    @Override
    public void trial(final TrialSpec spec, final int attempt, final double secondsLeft) {
        final long now = System.nanoTime();
        if (terminal ? now - start < FIRST : now < due) {
            return;
        }
        due = now + EACH;
        // The points to come take as long as this one, as far as it can be known.
        final double left = secondsLeft + pointsLeft * ((now - pointStart) / NANOS + secondsLeft);
        final String line = "%s: %s, %.3f Mpps for %s s%s; %.0f s gone, about %.0f s left".formatted(point, spec.purpose(),
            spec.load() / 1e6, spec.seconds(), attempt == 1 ? "" : " (attempt " + attempt + ")", (now - start) / NANOS, left);
        if (terminal) {
            err.print("\r\u001b[K" + line);
        } else {
            err.println(line);
        }
        err.flush();
        shown = true;
    }

    @Override
    public void close() {
        if (shown && terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
