package org.qfpsim.sim.net.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What became of a stream's packets, to the packet: which arrived, how often, in which order, and for how long none did. One thread.
 */
public final class StreamMeter {
    private final StreamSpec spec;
    private final BitSet seen = new BitSet();
    /** Each start: the number of its first packet and its time. */
    private final List<Run> runs = new ArrayList<>();
    private long sent;
    private long received;
    private long duplicates;
    private long reordered;
    private long damaged;
    private long highest = -1;

    /** Packets from one start on. */
    private record Run(long first, long nanos) {
    }

    /**
     * A gap: packets in a row that never arrived.
     *
     * @param first     the number of the first one, from 0.
     * @param packets   how many.
     * @param fromNanos when the first one was sent.
     * @param toNanos   when the one behind the last was or would have been sent.
     */
    public record Outage(long first, long packets, long fromNanos, long toNanos) {
        /** How long nothing got through. */
        public long nanos() {
            return toNanos - fromNanos;
        }
    }

    StreamMeter(final StreamSpec spec) {
        this.spec = spec;
    }

    void started(final long nanos) {
        runs.add(new Run(sent, nanos));
    }

    /** Notes that the next packet leaves; returns its number. */
    long send() {
        return sent++;
    }

    /** When a packet of the latest run is to be sent. */
    long dueNanos() {
        final Run run = runs.getLast();
        return run.nanos() + spec.offsetNanos(sent - run.first());
    }

    void receive(final long packet, final boolean intact) {
        if (packet < 0 || packet >= sent) {
            damaged++;
            return;
        }
        received++;
        if (!intact) {
            damaged++;
        }
        if (seen.get((int) packet)) {
            duplicates++;
            return;
        }
        seen.set((int) packet);
        if (packet < highest) {
            reordered++;
        }
        highest = Math.max(highest, packet);
    }

    /** What it measures. */
    public StreamSpec spec() {
        return spec;
    }

    /** Packets that were sent. */
    public long sent() {
        return sent;
    }

    /** Packets that arrived, duplicates too. */
    public long received() {
        return received;
    }

    /** Packets that arrived once more. */
    public long duplicates() {
        return duplicates;
    }

    /** Packets that arrived after a later one. */
    public long reordered() {
        return reordered;
    }

    /** Packets whose content was not what was sent, although their checksums were right. */
    public long damaged() {
        return damaged;
    }

    /** Packets that never arrived; those that are under way count. */
    public long lost() {
        return sent - seen.cardinality();
    }

    /**
     * The gaps in the order of packets.
     *
     * @param limit most gaps to list, from the first on.
     * @return the gaps.
     */
    public List<Outage> outages(final int limit) {
        final List<Outage> all = new ArrayList<>();
        for (int first = seen.nextClearBit(0); first < sent && all.size() < limit; ) {
            final int next = seen.nextSetBit(first);
            final long end = next < 0 ? sent : next;
            all.add(new Outage(first, end - first, sentAt(first), sentAt(end - 1) + spec.offsetNanos(1)));
            first = seen.nextClearBit((int) end);
        }
        return all;
    }

    /** The gap that took longest; one of no packets if nothing is missing. */
    public Outage longestOutage() {
        Outage longest = new Outage(0, 0, 0, 0);
        for (final Outage outage : outages(Integer.MAX_VALUE)) {
            if (outage.nanos() > longest.nanos()) {
                longest = outage;
            }
        }
        return longest;
    }

    private long sentAt(final long packet) {
        Run of = runs.getFirst();
        for (final Run run : runs) {
            if (run.first() <= packet) {
                of = run;
            }
        }
        return of.nanos() + spec.offsetNanos(packet - of.first());
    }
}
