package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;

/**
 * Packets of one SA in a row that gather has nothing to decide about: authentic, out of a tunnel, to be forwarded as they are, each number
 * the one behind the last. The SA's window and counters are written once for all of them, by {@link #settle}, before anybody else looks.
 */
final class InOrderRun {
    private static final int TUNNEL = Slot.FLAG_ESP | Slot.FLAG_TUNNEL;
    /** Outer ECN and ICV status, read with the IP version: no congestion to tell, and authentic, are both 0. */
    private static final int ECN_AND_ICV = 0xffff_0000;
    private static final long NONE = 0;

    private long sa = NONE;
    private long last;
    private int packets;
    private long octets;
    private int taken;

    /** Begins a batch. */
    void begin() {
        taken = 0;
    }

    /** Packets taken since {@link #begin}. */
    int taken() {
        return taken;
    }

    /**
     * Takes a packet if it is one of these.
     *
     * @param memory the packet memory.
     * @param slot   the packet.
     * @return false if it is not, and nothing has happened to it.
     */
    boolean take(final PacketMemory memory, final long slot) {
        if (memory.getInt(slot + Slot.VERDICT) != Verdict.FORWARD || (memory.getInt(slot + Slot.IP_VERSION) & ECN_AND_ICV) != 0
            || (memory.getInt(slot + Slot.FLAGS) & TUNNEL) != TUNNEL) {
            return false;
        }
        final long sequence = (long) memory.getInt(slot + Slot.SEQ_HIGH) << 32 | memory.getInt(slot + Slot.SEQ_LOW) & 0xffff_ffffL;
        final long of = memory.getLong(slot + Slot.SA);
        if ((of != sa || sequence != last + 1) && !starts(of, sequence)) {
            return false;
        }
        last = sequence;
        packets++;
        octets += memory.getInt(slot + Slot.PAYLOAD_LENGTH);
        return true;
    }

    /** The first packet of another run: the number behind the top of an SA whose volume nobody watches. */
    private boolean starts(final long of, final long sequence) {
        settle();
        if ((InboundSa.flags(of) & InboundSa.FLAG_VOLUME) != 0 || sequence != InboundSa.top(of) + 1) {
            return false;
        }
        sa = of;
        return true;
    }

    /** Writes what was taken into the SA. */
    void settle() {
        if (sa != NONE) {
            ReplayWindow.acceptInOrder(sa, last);
            InboundSa.count(sa, packets, octets);
            taken += packets;
            sa = NONE;
            packets = 0;
            octets = 0;
        }
    }
}
