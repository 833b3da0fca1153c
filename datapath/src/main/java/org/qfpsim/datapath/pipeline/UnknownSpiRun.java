package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.route.Forwarder;

/**
 * Packets of one unknown SPI in a row that come to a router, as from a peer that has not heard of a restart: the first of them goes its
 * way, and those behind it are counted with it, wherever it was counted. Nothing about them may be another: station, interface,
 * precedence, flow, nor the configuration that they meet.
 */
final class UnknownSpiRun {
    private static final int DROP_SPI = Verdict.DROP_IPSEC | IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.id();
    /** Of the frame: stations, ethertype, and the IP header as far as its TOS; source and destination; SPI. */
    private static final int START = Slot.FRAME;
    private static final int ADDRESSES = Slot.FRAME + 26;
    private static final int SPI = Slot.FRAME + 34;
    private static final int GROUP_BIT = 1;

    private final RoutedCommitter routed;
    private final Forwarder router;
    private final PacketAccounts accounts;

    UnknownSpiRun(final RoutedCommitter routed, final Forwarder router, final PacketAccounts accounts) {
        this.routed = routed;
        this.router = router;
        this.accounts = accounts;
    }

    /** Whether a packet may be one more like the last. */
    boolean mayFollow(final int verdict) {
        return verdict == DROP_SPI && routed.dropped() == DROP_SPI;
    }

    /**
     * Drops packets that are lost like the one before them.
     *
     * @param ring   the engine's.
     * @param first  sequence of the first packet there; the one before it is the last that was committed.
     * @param count  packets.
     * @param expiry a packet of this time, or later, is for somebody else.
     * @param block  counters of the packets' engine.
     * @return how many were dropped.
     */
    int drop(final PpeRing ring, final long first, final int count, final long expiry, final CounterBlock block) {
        final PacketMemory memory = ring.memory();
        final int last = ring.slot(first - 1);
        if ((memory.getByte(last + START) & GROUP_BIT) != 0
            || !router.staysAlikeUpTo(memory.getLong(ring.slot(first + count - 1) + Slot.ARRIVAL))) {
            return 0;
        }
        final long start = memory.getLong(last + START);
        final long next = memory.getLong(last + START + Long.BYTES);
        final long addresses = memory.getLong(last + ADDRESSES);
        final int spi = memory.getInt(last + SPI);
        final int input = memory.getInt(last + Slot.INTERFACE);
        long octets = 0;
        long time = 0;
        int i = 0;
        while (i < count) {
            final long slot = ring.slot(first + i);
            final long its = memory.getLong(slot + Slot.TIME);
            if (its >= expiry || memory.getInt(slot + Slot.VERDICT) != DROP_SPI || (memory.getInt(slot + Slot.FLAGS) & Slot.FLAG_BRIEF) == 0
                || memory.getLong(slot + START) != start || memory.getLong(slot + START + Long.BYTES) != next
                || memory.getLong(slot + ADDRESSES) != addresses || memory.getInt(slot + SPI) != spi
                || memory.getInt(slot + Slot.INTERFACE) != input) {
                break;
            }
            // Brief notes are of frames that are there as a whole.
            octets += memory.getInt(slot + Slot.FRAME_LENGTH);
            time = its;
            i++;
        }
        if (i != 0) {
            router.droppedAlike(memory, last, i, octets, time);
            accounts.droppedLike(block, memory, last, DROP_SPI, i, octets, time);
        }
        return i;
    }
}
