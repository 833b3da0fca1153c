package org.qfpsim.datapath.reassembly;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * Reassembly before decryption (RFC 4303 section 3.4.1), bounded in datagrams, fragments and time. Runs in gather, so that a datagram is
 * complete at the same place in the order whatever the number of engines.
 */
public final class Reassembler {
    private final Fragment fragment = new Fragment();
    private final Datagram[] active;
    private final Datagram[] free;
    private final Fates fates;
    private final long timeoutNanos;
    private final int fragments;
    private int activeCount;
    private int freeCount;
    private long nextExpiry = Long.MAX_VALUE;

    /** Learns what became of fragments. */
    public interface Fates {
        /**
         * A datagram is complete; its packet stands behind a slot's notes that are those of the completing frame.
         *
         * @param memory where it is.
         * @param slot   offset of the slot.
         * @param engine whose counters the completing frame goes to.
         */
        void completed(PacketMemory memory, int slot, int engine);

        /**
         * A fragment that waited is done with.
         *
         * @param notes      a slot with the datagram's addresses at offset 0, the fragment's arrival, time and wire length.
         * @param verdict    consumed or dropped.
         * @param engine     whose counters it goes to.
         * @param completing position of the completing frame, or -1.
         */
        void settled(PacketMemory notes, int verdict, int engine, long completing);
    }

    /**
     * Makes an empty one. A datagram's room, 64 KB, is made when it is first needed: most routers see no fragments.
     *
     * @param datagrams    most datagrams in the making.
     * @param fragments    most fragments of a datagram.
     * @param timeoutNanos how long a datagram may take.
     * @param fates        who is told.
     */
    public Reassembler(final int datagrams, final int fragments, final long timeoutNanos, final Fates fates) {
        active = new Datagram[datagrams];
        free = new Datagram[datagrams];
        this.fragments = fragments;
        this.timeoutNanos = timeoutNanos;
        this.fates = fates;
    }

    /**
     * Takes a fragment for this router; its own fate is told when it is known.
     *
     * @param ring   the packet memory.
     * @param slot   the packet.
     * @param engine whose counters it goes to.
     * @return {@link Verdict#NONE} if it is being taken care of, or the drop that it alone is.
     */
    public int add(final UnsafeBuffer ring, final int slot, final int engine) {
        fragment.read(ring, slot);
        int at = find(ring, slot);
        if (at < 0) {
            if (activeCount == active.length) {
                return Datagram.lossVerdict(fragment.ipsec(ring), GlobalDrop.REASS_NO_FRAG_INFO.id());
            }
            at = activeCount++;
            active[at] = freeCount == 0 ? new Datagram(fragments) : free[--freeCount];
            final long expires = ring.getLong(slot + Slot.TIME) + timeoutNanos;
            active[at].begin(ring, slot, fragment.key(), expires);
            nextExpiry = Math.min(nextExpiry, expires);
        }
        final Datagram datagram = active[at];
        final int failure = datagram.add(fragment, ring, slot, engine);
        if (failure != 0) {
            final boolean noted = datagram.count() > 0 && datagram.arrival(datagram.count() - 1) == ring.getLong(slot + Slot.ARRIVAL);
            final int verdict = datagram.lossVerdict(failure);
            lose(at, verdict);
            return noted ? Verdict.NONE : verdict;
        }
        if (datagram.complete()) {
            complete(at, ring, slot, engine);
        }
        return Verdict.NONE;
    }

    private int find(final UnsafeBuffer ring, final int slot) {
        for (int i = 0; i < activeCount; i++) {
            if (active[i].isOf(ring, slot, fragment.key())) {
                return i;
            }
        }
        return -1;
    }

    private void complete(final int at, final UnsafeBuffer ring, final int slot, final int engine) {
        final Datagram datagram = active[at];
        final long completing = ring.getLong(slot + Slot.ARRIVAL);
        for (int i = 0; i < datagram.count() - 1; i++) {
            settle(datagram, i, Verdict.CONSUME | Verdict.CONSUMED_FRAGMENT, completing);
        }
        final int assembled = datagram.assemble(ring, slot);
        if (assembled < 0) {
            settle(datagram, datagram.count() - 1, datagram.lossVerdict(GlobalDrop.REASS_FRAG_TOO_BIG.id()), -1);
        } else {
            fates.completed(datagram.packet(), assembled, engine);
        }
        remove(at);
    }

    private void lose(final int at, final int verdict) {
        final Datagram datagram = active[at];
        for (int i = 0; i < datagram.count(); i++) {
            settle(datagram, i, verdict, -1);
        }
        remove(at);
    }

    private void settle(final Datagram datagram, final int i, final int verdict, final long completing) {
        datagram.packet().putLong(Slot.ARRIVAL, datagram.arrival(i));
        datagram.packet().putInt(Slot.WIRE_LENGTH, datagram.octets(i));
        fates.settled(datagram.packet(), verdict, datagram.engine(i), completing);
    }

    private void remove(final int at) {
        free[freeCount++] = active[at];
        active[at] = active[--activeCount];
        if (activeCount == 0) {
            nextExpiry = Long.MAX_VALUE;
        }
    }

    /** When {@link #expire} has something to do; {@link Long#MAX_VALUE} if nothing waits. */
    public long nextExpiry() {
        return nextExpiry;
    }

    /**
     * Gives up on datagrams whose time is over.
     *
     * @param nanos the packets' clock; {@link Long#MAX_VALUE} gives up on all.
     * @return datagrams given up.
     */
    public int expire(final long nanos) {
        if (nanos < nextExpiry) {
            return 0;
        }
        int lost = 0;
        nextExpiry = Long.MAX_VALUE;
        for (int i = activeCount - 1; i >= 0; i--) {
            if (nanos >= active[i].expires()) {
                active[i].packet().putLong(Slot.TIME, Math.min(nanos, active[i].expires()));
                lose(i, active[i].lossVerdict(GlobalDrop.REASS_TIMEOUT.id()));
                lost++;
            } else {
                nextExpiry = Math.min(nextExpiry, active[i].expires());
            }
        }
        return lost;
    }
}
