package org.qfpsim.sim.net;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What moves a network's time. */
public interface NetworkClock {
    /**
     * Time jumps from one event to the next, and not before every node is idle: an hour takes what its events take, and threads change
     * nothing.
     */
    NetworkClock VIRTUAL = new NetworkClock() {
        @Override
        public long await(final long nanos, final BooleanSupplier news, final boolean asking) {
            return nanos;
        }

        @Override
        public void wake() {
            // Nobody waits.
        }

        @Override
        public boolean isFree() {
            return false;
        }
    };

    /**
     * Waits for a time.
     *
     * @param nanos  the time of the next event.
     * @param news   whether there is something to do before it.
     * @param asking whether a free clock has to ask often; otherwise {@link #wake} tells it.
     * @return the time now; less than {@code nanos} only if there is news.
     */
    long await(long nanos, BooleanSupplier news, boolean asking);

    /** There is news: whoever waits asks for it now. Any thread may call it. */
    void wake();

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
        private static final long SHORT_PAUSE = 200_000;
        private static final long LONG_PAUSE = 20_000_000;

        private final LongSupplier nanoTime;
        private volatile @Nullable Thread waiting;
        private boolean started;
        private long start;

        private Real(final LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        @Override
        public long await(final long nanos, final BooleanSupplier news, final boolean asking) {
            if (!started) {
                started = true;
                start = nanoTime.getAsLong();
            }
            long now = nanoTime.getAsLong() - start;
            // Before the news is asked for: what comes after that wakes.
            waiting = Thread.currentThread();
            while (now < nanos && !news.getAsBoolean()) {
                LockSupport.parkNanos(Math.min(asking ? SHORT_PAUSE : LONG_PAUSE, nanos - now));
                now = nanoTime.getAsLong() - start;
            }
            waiting = null;
            return now;
        }

        @Override
        public void wake() {
            final Thread thread = waiting;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public boolean isFree() {
            return true;
        }
    }
}
