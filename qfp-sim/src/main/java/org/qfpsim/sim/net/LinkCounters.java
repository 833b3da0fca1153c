package org.qfpsim.sim.net;


/**
 * What became of a link's frames, counted for each receiver: a frame towards three ports counts as three. Always
 * {@code sent + duplicated = delivered + lost + in flight}. Written by the link only.
 */
public final class LinkCounters {
    private final long[] lost = new long[LossCause.values().length];
    private long sent;
    private long duplicated;
    private long delivered;
    private long corrupted;
    private long reordered;
    private long inFlight;

    LinkCounters() {
    }

    void countSent() {
        sent++;
    }

    void countDuplicated() {
        duplicated++;
    }

    void countCorrupted() {
        corrupted++;
    }

    void countReordered() {
        reordered++;
    }

    void countLost(final LossCause cause) {
        lost[cause.ordinal()]++;
    }

    void countDeparture() {
        inFlight++;
    }

    /** A frame's journey ends, delivered or lost on the way. */
    void countArrival(final boolean intact) {
        inFlight--;
        if (intact) {
            delivered++;
        } else {
            countLost(LossCause.DOWN);
        }
    }

    /** Frames that were put on the link, once for each receiver. */
    public long sent() {
        return sent;
    }

    /** Frames that the link made from others. */
    public long duplicated() {
        return duplicated;
    }

    /** Frames that arrived, the damaged ones too. */
    public long delivered() {
        return delivered;
    }

    /** Frames with a flipped bit that the link sent on their way. */
    public long corrupted() {
        return corrupted;
    }

    /** Frames that were held back. */
    public long reordered() {
        return reordered;
    }

    /** Frames under way. */
    public long inFlight() {
        return inFlight;
    }

    /**
     * Frames that were not delivered for one cause.
     *
     * @param cause which.
     * @return how many.
     */
    public long lost(final LossCause cause) {
        return lost[cause.ordinal()];
    }

    /** Frames that were not delivered. */
    public long lost() {
        long sum = 0;
        for (final long count : lost) {
            sum += count;
        }
        return sum;
    }

    /** Whether every frame is accounted for. */
    public boolean conserved() {
        return sent + duplicated == delivered + lost() + inFlight;
    }
}
