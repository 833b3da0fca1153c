package org.qfpsim.datapath.pipeline;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.report.DropReport;

/**
 * How a packet that has met its end is counted: each in one of these ways, once. Gather only.
 *
 * <p>Losses come in rows, from a peer that has not heard of a restart, or in a flood. Packets of one flow in a row that are lost for one
 * reason, their notes still brief, are a run, and counted together when it ends: before anything else is lost, and by {@link #settle}.
 */
final class PacketAccounts {
    /** Where source and destination are in the frame of a packet with brief notes, and its SPI: Ethernet, IPv4 without options. */
    private static final int ADDRESSES = Slot.FRAME + 26;
    private static final int SPI = Slot.FRAME + 34;

    private final DropReport report;
    private @Nullable CounterBlock runBlock;
    private @Nullable PacketMemory runMemory;
    private long runFirst;
    private int runVerdict;
    private long runAddresses;
    private int runSpi;
    private int runPackets;
    private long runOctets;
    private long runTime;

    PacketAccounts(final DropReport report) {
        this.report = report;
    }

    static void forwarded(final CounterBlock block, final int octets) {
        block.add(Total.FORWARDED, 1);
        block.add(Total.FORWARDED_OCTETS, octets);
    }

    static void consumed(final CounterBlock block, final int verdict) {
        block.add(Total.CONSUMED, 1);
        block.add(switch (Verdict.number(verdict)) {
            case Verdict.CONSUMED_DUMMY -> Total.CONSUMED_DUMMY;
            case Verdict.CONSUMED_KEEPALIVE -> Total.CONSUMED_KEEPALIVE;
            default -> Total.CONSUMED_FRAGMENT;
        }, 1);
    }

    /** Dropping is counting: the only way out for a packet that is lost behind the dispatcher. */
    void dropped(final CounterBlock block, final PacketMemory ring, final long slot, final int verdict) {
        if (droppedAlike(block, ring, slot, verdict)) {
            return;
        }
        settle();
        if ((ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_BRIEF) == 0) {
            count(block, ring, slot, verdict, 1, ring.getInt(slot + Slot.WIRE_LENGTH), ring.getLong(slot + Slot.TIME));
            return;
        }
        runBlock = block;
        runMemory = ring;
        runFirst = slot;
        runVerdict = verdict;
        runAddresses = ring.getLong(slot + ADDRESSES);
        runSpi = ring.getInt(slot + SPI);
        droppedAlike(block, ring, slot, verdict);
    }

    /**
     * Takes a packet into the run if it is one more of the same.
     *
     * @param block   counters of its engine.
     * @param ring    the packet memory.
     * @param slot    the packet.
     * @param verdict what is to become of it.
     * @return whether that is what becomes of those before it; if not, nothing has happened.
     */
    boolean droppedAlike(final CounterBlock block, final PacketMemory ring, final long slot, final int verdict) {
        final boolean alike = block == runBlock && verdict == runVerdict && (ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_BRIEF) != 0
            && ring.getLong(slot + ADDRESSES) == runAddresses && ring.getInt(slot + SPI) == runSpi;
        if (alike) {
            runPackets++;
            runOctets += ring.getInt(slot + Slot.WIRE_LENGTH);
            runTime = ring.getLong(slot + Slot.TIME);
        }
        return alike;
    }

    /** Counts the packets of a run. Their slots are still theirs. */
    void settle() {
        final CounterBlock block = runBlock;
        final PacketMemory memory = runMemory;
        if (block != null && memory != null) {
            FeatureChain.completeNotes(memory, runFirst);
            count(block, memory, runFirst, runVerdict, runPackets, runOctets, runTime);
            runBlock = null;
            runPackets = 0;
            runOctets = 0;
        }
    }

    /**
     * Counts packets that are lost like one that was counted just before.
     *
     * @param block   counters of their engine.
     * @param ring    the packet memory.
     * @param slot    the one before, its notes complete.
     * @param verdict what became of it.
     * @param packets how many.
     * @param octets  of all of them.
     * @param time    of the last one.
     */
    void droppedLike(final CounterBlock block, final PacketMemory ring, final long slot, final int verdict, final int packets,
                     final long octets, final long time) {
        settle();
        count(block, ring, slot, verdict, packets, octets, time);
    }

    private void count(final CounterBlock block, final PacketMemory ring, final long slot, final int verdict, final int packets,
                       final long octets, final long time) {
        if (Verdict.kind(verdict) == Verdict.DROP_IPSEC) {
            block.dropIpsec(Verdict.number(verdict), packets, octets);
        } else {
            block.dropGlobal(Verdict.number(verdict), packets, octets);
        }
        report.count(ring, slot, verdict, packets, octets, time);
    }
}
