package org.qfpsim.datapath.pipeline;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;

/**
 * Packets in a row that gather has nothing to decide about: authentic, out of a tunnel, to be forwarded as they are, each with the number
 * behind the last one of its SA, or of an SA without anti-replay. They are handed over in loops whose sums the compiler keeps in registers:
 * one for packets each of another SA than the one before, one for packets of an SA in a row, whose window and counters are written once,
 * before anybody else looks. Not while somebody looks at each packet.
 */
final class InOrderRun {
    /** Of the notes from the IP version on: outer ECN and ICV status, where no congestion to tell and authentic are both 0; the flags. */
    private static final long LOOKED_AT = 0xffff_0000L | (long) (Slot.FLAG_ESP | Slot.FLAG_TUNNEL) << 32;
    private static final long WANTED = (long) (Slot.FLAG_ESP | Slot.FLAG_TUNNEL) << 32;

    private final Egress egress;
    private int opened;
    private int forwarded;
    private long forwardedOctets;
    private boolean refused;

    InOrderRun(final Egress egress) {
        this.egress = egress;
    }

    /**
     * Hands over as many packets as are of these.
     *
     * @param ring   the engine's.
     * @param first  sequence of the first packet there.
     * @param count  packets.
     * @param expiry a packet of this time, or later, is for somebody else.
     * @return how many left. The next one is another kind of packet, or was {@link #refused}.
     */
    int forward(final PpeRing ring, final long first, final int count, final long expiry) {
        refused = false;
        int i = 0;
        int from;
        do {
            from = i;
            i = singles(ring, first, i, count, expiry);
            if (i < count && !refused) {
                i = row(ring, first, i, count, expiry);
            }
        } while (i != from && i < count && !refused);
        opened += refused ? i + 1 : i;
        forwarded += i;
        return i;
    }

    /** Packets each of another SA than the one before. */
    private int singles(final PpeRing ring, final long first, final int from, final int count, final long expiry) {
        final PacketMemory memory = ring.memory();
        final UnsafeBuffer buffer = memory.buffer();
        final Egress out = egress;
        long octets = 0;
        long before = 0;
        long slot = ring.slot(first + from);
        int i = from;
        while (i < count) {
            final long sa = memory.getLong(slot + Slot.SA);
            if (sa == before || !isOne(memory, slot, expiry)) {
                break;
            }
            final long number = memory.getLong(slot + Slot.SEQ_LOW);
            final int window = InboundSa.unlimitedWindow(sa);
            if (window == 0 || number != InboundSa.top(sa) + 1) {
                break;
            }
            final int length = memory.getInt(slot + Slot.PAYLOAD_LENGTH);
            ReplayWindow.acceptNext(sa, number, window);
            InboundSa.count(sa, 1, length);
            if (!out.transmit(buffer, memory.getInt(slot + Slot.PAYLOAD_OFFSET), length, memory.getLong(slot + Slot.TIME))) {
                // Its SA has opened it all the same.
                refused = true;
                break;
            }
            octets += length;
            before = sa;
            slot = ring.after(slot);
            i++;
        }
        forwardedOctets += octets;
        return i;
    }

    /** Packets of the SA that the first one has. */
    private int row(final PpeRing ring, final long first, final int from, final int count, final long expiry) {
        final PacketMemory memory = ring.memory();
        final UnsafeBuffer buffer = memory.buffer();
        final Egress out = egress;
        long slot = ring.slot(first + from);
        int i = from;
        if (!isOne(memory, slot, expiry)) {
            return i;
        }
        final long sa = memory.getLong(slot + Slot.SA);
        // Whose numbers nobody checks may be in any order.
        final long looked = InboundSa.window(sa) == 0 ? 0 : -1;
        // The high half behind the low one. The packet of each place is to have the number of the place, and so much more.
        final long ahead = memory.getLong(slot + Slot.SEQ_LOW) - i;
        if ((InboundSa.flags(sa) & InboundSa.FLAG_VOLUME) != 0 || ((ahead + i ^ InboundSa.top(sa) + 1) & looked) != 0) {
            return i;
        }
        int lost = 0;
        long octets = 0;
        do {
            final int length = memory.getInt(slot + Slot.PAYLOAD_LENGTH);
            if (!out.transmit(buffer, memory.getInt(slot + Slot.PAYLOAD_OFFSET), length, memory.getLong(slot + Slot.TIME))) {
                lost = 1;
                InboundSa.count(sa, 1, length);
                break;
            }
            octets += length;
            i++;
            slot = ring.after(slot);
        } while (i < count && isOne(memory, slot, expiry)
            && (memory.getLong(slot + Slot.SA) ^ sa | (memory.getLong(slot + Slot.SEQ_LOW) ^ ahead + i) & looked) == 0);
        if (looked == 0) {
            acceptEach(ring, first + from, i + lost - from, sa);
        } else {
            ReplayWindow.acceptInOrder(sa, ahead + i + lost - 1);
        }
        InboundSa.count(sa, i - from, octets);
        forwardedOctets += octets;
        refused = lost != 0;
        return i;
    }

    private static boolean isOne(final PacketMemory memory, final long slot, final long expiry) {
        return memory.getLong(slot + Slot.TIME) < expiry && (memory.getLong(slot + Slot.IP_VERSION) & LOOKED_AT) == WANTED
            && memory.getInt(slot + Slot.VERDICT) == Verdict.FORWARD;
    }

    private static void acceptEach(final PpeRing ring, final long first, final int count, final long sa) {
        for (int i = 0; i < count; i++) {
            ReplayWindow.accept(sa, ring.memory().getLong(ring.slot(first + i) + Slot.SEQ_LOW));
        }
    }

    /** Whether the packet behind those that left was one more, which the egress refused: it is lost. */
    boolean refused() {
        return refused;
    }

    /**
     * Counts what was handed over since the last call.
     *
     * @param block counters of the packets' engine.
     */
    void count(final CounterBlock block) {
        block.add(Total.ESP_OPENED, opened);
        block.add(Total.FORWARDED, forwarded);
        block.add(Total.FORWARDED_OCTETS, forwardedOctets);
        block.add(Total.TRANSMITTED, forwarded);
        opened = 0;
        forwarded = 0;
        forwardedOctets = 0;
    }
}
