package org.qfpsim.sim;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run that is interrupted (Ctrl-C, SIGTERM) write what it has measured: the process ends when the run has closed this, or after a
 * while.
 */
public final class Interruption implements AutoCloseable {
    private static final long SECONDS_TO_WRITE = 20;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "interrupted");
    private volatile boolean requested;

    /** Begins to listen. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupted() {
        requested = true;
        try {
            if (!written.await(SECONDS_TO_WRITE, TimeUnit.SECONDS)) {
                System.err.println("qfp: interrupted, and the results were not written within " + SECONDS_TO_WRITE + " s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the user wants to stop. */
    public boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        written.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (final IllegalStateException e) {
                // The process is ending already: the hook has nothing left to wait for.
                requested = true;
            }
        }
    }
}
