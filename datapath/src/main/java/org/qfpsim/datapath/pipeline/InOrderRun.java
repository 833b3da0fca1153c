package org.qfpsim.datapath.pipeline;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;

/**
 * Packets in a row that gather has nothing to decide about: authentic, out of a tunnel, to be forwarded as they are, each with the number
 * behind the last one of its SA. They are handed over in one loop, whose sums the compiler keeps in registers; an SA's window and counters
 * are written once for its packets in a row, before anybody else looks.
 */
final class InOrderRun {
    /** Of the notes from the IP version on: outer ECN and ICV status, where no congestion to tell and authentic are both 0; the flags. */
    private static final long LOOKED_AT = 0xffff_0000L | (long) (Slot.FLAG_ESP | Slot.FLAG_TUNNEL) << 32;
    private static final long WANTED = (long) (Slot.FLAG_ESP | Slot.FLAG_TUNNEL) << 32;
    private static final long NONE = 0;

    private final Egress egress;
    private final CommitObserver observer;
    private final boolean observed;
    private int opened;
    private int forwarded;
    private long forwardedOctets;
    private boolean refused;

    InOrderRun(final Egress egress, final CommitObserver observer) {
        this.egress = egress;
        this.observer = observer;
        observed = observer != CommitObserver.NONE;
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
        final PacketMemory memory = ring.memory();
        final UnsafeBuffer buffer = memory.buffer();
        final Egress out = egress;
        final CommitObserver told = observer;
        long sa = NONE;
        long next = 0;
        int packets = 0;
        long octets = 0;
        long allOctets = 0;
        boolean left = true;
        int i = 0;
        while (i < count) {
            final long slot = ring.slot(first + i);
            final long time = memory.getLong(slot + Slot.TIME);
            if (time >= expiry || memory.getInt(slot + Slot.VERDICT) != Verdict.FORWARD
                || (memory.getLong(slot + Slot.IP_VERSION) & LOOKED_AT) != WANTED) {
                break;
            }
            // The high half behind the low one.
            final long sequence = memory.getLong(slot + Slot.SEQ_LOW);
            final long of = memory.getLong(slot + Slot.SA);
            if (of != sa || sequence != next) {
                settle(sa, next - 1, packets, octets);
                sa = NONE;
                packets = 0;
                octets = 0;
                if (!begins(of, sequence)) {
                    break;
                }
                sa = of;
            }
            next = sequence + 1;
            packets++;
            final int length = memory.getInt(slot + Slot.PAYLOAD_LENGTH);
            octets += length;
            left = out.transmit(buffer, memory.getInt(slot + Slot.PAYLOAD_OFFSET), length, time);
            if (!left) {
                break;
            }
            if (observed) {
                FeatureChain.completeNotes(memory, slot);
            }
            told.committed(buffer, (int) slot, Verdict.FORWARD);
            allOctets += length;
            i++;
        }
        settle(sa, next - 1, packets, octets);
        opened += left ? i : i + 1;
        forwarded += i;
        forwardedOctets += allOctets;
        refused = !left;
        return i;
    }

    /** The number behind the top, of an SA whose volume nobody watches. */
    private static boolean begins(final long sa, final long sequence) {
        return (InboundSa.flags(sa) & InboundSa.FLAG_VOLUME) == 0 && sequence == InboundSa.top(sa) + 1;
    }

    private static void settle(final long sa, final long last, final int packets, final long octets) {
        if (sa != NONE) {
            ReplayWindow.acceptInOrder(sa, last);
            InboundSa.count(sa, packets, octets);
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
