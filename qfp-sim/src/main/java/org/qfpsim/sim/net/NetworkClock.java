package org.qfpsim.sim.net;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What moves a network's time. */
public interface NetworkClock {
    /**
     * Time jumps from one event to the next, and not before every node is idle: an hour takes what its events take, and threads change
     * nothing.
     */
    NetworkClock VIRTUAL = new NetworkClock() {
        @Override
        public long await(final long nanos, final BooleanSupplier news) {
            return nanos;
        }

        @Override
        public boolean isFree() {
            return false;
        }
    };

    /**
     * Waits for a time.
     *
     * @param nanos the time of the next event.
     * @param news  whether there is something to do before it; a free clock asks often.
     * @return the time now; less than {@code nanos} only if there is news.
     */
    long await(long nanos, BooleanSupplier news);

    /** Whether time passes while nodes work. */
    boolean isFree();

    /**
     * Time passes by itself, beginning with the first wait.
     *
     * @param nanoTime a steady clock in nanoseconds, such as {@code System::nanoTime}.
     * @return the clock.
     */
    static NetworkClock real(final LongSupplier nanoTime) {
        return new Real(nanoTime);
    }

    /** Follows a steady clock. */
    final class Real implements NetworkClock {
        private static final long LONGEST_PAUSE = 200_000;

        private final LongSupplier nanoTime;
        private boolean started;
        private long start;

        private Real(final LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        @Override
        public long await(final long nanos, final BooleanSupplier news) {
            if (!started) {
                started = true;
                start = nanoTime.getAsLong();
            }
            long now = nanoTime.getAsLong() - start;
            while (now < nanos && !news.getAsBoolean()) {
                LockSupport.parkNanos(Math.min(LONGEST_PAUSE, nanos - now));
                now = nanoTime.getAsLong() - start;
            }
            return now;
        }

        @Override
        public boolean isFree() {
            return true;
        }
    }
}
