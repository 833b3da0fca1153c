package org.qfpsim.controlplane.ike.v2;

/** Counts {@link Ikev2Event}s. */
final class Counters {
    private final long[] counts = new long[Ikev2Event.values().length];

    void count(final Ikev2Event event) {
        counts[event.ordinal()]++;
    }

    long of(final Ikev2Event event) {
        return counts[event.ordinal()];
    }
}
