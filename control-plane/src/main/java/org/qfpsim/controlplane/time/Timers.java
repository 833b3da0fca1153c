package org.qfpsim.controlplane.time;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The deadlines of one control plane, on the same clock as the packets. Owned by one thread, which calls {@link #advance}; there is no
 * clock in here, so virtual time makes every run the same. Deadlines that are equal run in the order in which they were set.
 */
public final class Timers {
    /** Cancelled deadlines that may wait in the queue for their time whatever its length. */
    private static final int FEW = 64;
    private static final Runnable NOTHING = () -> {
    };

    private final PriorityQueue<Entry> queue =
        new PriorityQueue<>(Comparator.comparingLong(Entry::deadline).thenComparingLong(Entry::order));
    private long now;
    private long order;
    private int cancelled;

    /** A deadline that can be called off. */
    public interface Timer {
        /** Calls it off; does nothing if it has run. */
        void cancel();

        /** Whether it will still run. */
        boolean isPending();
    }

    private final class Entry implements Timer {
        private final long deadline;
        private final long order;
        private Runnable action;
        private boolean pending = true;

        Entry(final long deadline, final long order, final Runnable action) {
            this.deadline = deadline;
            this.order = order;
            this.action = action;
        }

        long deadline() {
            return deadline;
        }

        long order() {
            return order;
        }

        @Override
        public void cancel() {
            if (pending) {
                pending = false;
                // The entry stays for a while; what it would have worked on need not.
                action = NOTHING;
                cancelled++;
                sweep();
            }
        }

        @Override
        public boolean isPending() {
            return pending;
        }
    }

    /** The time up to which everything has run, in nanoseconds. */
    public long nanos() {
        return now;
    }

    /**
     * Sets a deadline.
     *
     * @param delayNanos from now; less than 0 counts as 0.
     * @param action     what to do then.
     * @return the deadline.
     */
    public Timer after(final long delayNanos, final Runnable action) {
        final Entry entry = new Entry(now + Math.max(0, delayNanos), order++, action);
        queue.add(entry);
        return entry;
    }

    /** When the next deadline is, in nanoseconds; {@link Long#MAX_VALUE} if there is none. */
    public long next() {
        dropCancelled();
        final Entry first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.deadline;
    }

    /**
     * Moves the time and runs what is due, each action at the time that it was set for.
     *
     * @param nanos the new time; an earlier one than {@link #nanos} runs nothing.
     * @return how many actions ran.
     */
    public int advance(final long nanos) {
        int ran = 0;
        for (long next = next(); next <= nanos; next = next()) {
            final Entry due = queue.remove();
            now = Math.max(now, due.deadline);
            due.pending = false;
            due.action.run();
            ran++;
        }
        now = Math.max(now, nanos);
        return ran;
    }

    /** Deadlines that will still run. */
    public int pending() {
        return queue.size() - cancelled;
    }

    private void dropCancelled() {
        for (Entry first = queue.peek(); first != null && !first.pending; first = queue.peek()) {
            queue.remove();
            cancelled--;
        }
    }

    /** Taking one out of the middle costs a walk over all; taking all out when they are more than half costs little for each. */
    private void sweep() {
        if (cancelled > FEW && cancelled > queue.size() / 2) {
            queue.removeIf(entry -> !entry.pending);
            cancelled = 0;
        }
    }
}
