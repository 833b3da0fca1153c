package org.qfpsim.sim.net;

import java.util.PriorityQueue;

/** What will happen, by time; at one time what a person planned, then frames, each in the order in which it was noted. */
final class EventQueue {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long order;

    /** One thing that will happen. */
    private static final class Event implements Comparable<Event> {
        private final long nanos;
        private final boolean planned;
        private final long order;
        private final Runnable action;

        Event(final long nanos, final boolean planned, final long order, final Runnable action) {
            this.nanos = nanos;
            this.planned = planned;
            this.order = order;
            this.action = action;
        }

        @Override
        public int compareTo(final Event other) {
            final int byTime = Long.compare(nanos, other.nanos);
            final int byKind = byTime != 0 ? byTime : Boolean.compare(other.planned, planned);
            return byKind != 0 ? byKind : Long.compare(order, other.order);
        }
    }

    void add(final long nanos, final boolean planned, final Runnable action) {
        queue.add(new Event(nanos, planned, order++, action));
    }

    /** {@link Long#MAX_VALUE} if nothing will happen. */
    long next() {
        final Event first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.nanos;
    }

    /** Does everything up to a time. */
    void run(final long nanos) {
        while (next() <= nanos) {
            queue.remove().action.run();
        }
    }
}
