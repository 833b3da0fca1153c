package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.reassembly.Reassembler;
import org.qfpsim.datapath.trace.CostMeter;

/**
 * What {@link Committer#commit(PpeRing, long, int, int)} does, for a batch whose cost is sampled: packets of an {@link InOrderRun} are
 * first taken, then handed over, so that either can be timed; of the others, those in a row that cost the same thing are timed together.
 * Who is told what, and in which order, is the same.
 */
final class SampledCommit {
    private final Committer committer;
    private final InOrderRun inOrder;
    private final CostMeter cost;
    private final boolean routed;
    /** What the packets before this one cost, if they were no run; and how many they are. */
    private Cost open = Cost.DROP;
    private int alike;

    SampledCommit(final Committer committer, final InOrderRun inOrder, final CostMeter cost, final boolean routed) {
        this.committer = committer;
        this.inOrder = inOrder;
        this.cost = cost;
        this.routed = routed;
    }

    /** Commits packets that one engine has worked on, in their order. */
    void commit(final PpeRing ring, final long first, final int count, final int ppe, final CounterBlock block) {
        final PacketMemory memory = ring.memory();
        long forwarded = 0;
        long octets = 0;
        cost.begin(block, Cost.Stage.GATHER, ppe);
        inOrder.begin();
        for (int at = 0; at < count;) {
            final int taken = take(ring, first + at, count - at);
            for (int i = 0; i < taken; i++) {
                final long slot = ring.slot(first + at + i);
                if (committer.handOver(memory, slot, memory.getLong(slot + Slot.TIME), block)) {
                    forwarded++;
                    octets += memory.getInt(slot + Slot.PAYLOAD_LENGTH);
                }
            }
            if (taken == 0) {
                other(memory, ring.slot(first + at), ppe);
                at++;
            } else {
                cost.lap(Cost.OUTPUT, taken);
                at += taken;
            }
        }
        close();
        inOrder.settle();
        committer.count(block, forwarded, octets);
        cost.lap(inOrder.taken() == 0 ? open : Cost.ANTI_REPLAY, 0);
        cost.end(count);
    }

    /** Takes what is in order; ends where fragments are to be given up, since that comes before the packet there. */
    private int take(final PpeRing ring, final long first, final int most) {
        final PacketMemory memory = ring.memory();
        final Reassembler reassembler = committer.reassembler();
        final long slot = ring.slot(first);
        final long time = memory.getLong(slot + Slot.TIME);
        if (time >= reassembler.nextExpiry()) {
            reassembler.expire(time);
        }
        if (routed || !inOrder.take(memory, slot)) {
            return 0;
        }
        close();
        int taken = 1;
        while (taken < most) {
            final long next = ring.slot(first + taken);
            if (memory.getLong(next + Slot.TIME) >= reassembler.nextExpiry() || !inOrder.take(memory, next)) {
                break;
            }
            taken++;
        }
        cost.lap(Cost.ANTI_REPLAY, taken);
        return taken;
    }

    private void other(final PacketMemory memory, final long slot, final int ppe) {
        final Cost now = costOf(memory, slot);
        if (now != open) {
            close();
            open = now;
        }
        alike++;
        inOrder.settle();
        committer.commit(memory, slot, ppe);
    }

    private void close() {
        if (alike != 0) {
            cost.lap(open, alike);
            alike = 0;
        }
    }

    /** By what its engine has proposed. */
    private Cost costOf(final PacketMemory memory, final long slot) {
        return switch (Verdict.kind(memory.getInt(slot + Slot.VERDICT))) {
            case Verdict.REASSEMBLE -> Cost.REASSEMBLY;
            case Verdict.PROTECT -> Cost.ENCRYPT;
            case Verdict.FORWARD, Verdict.ROUTE -> routed ? Cost.FORWARD : isEsp(memory, slot) ? Cost.JUDGE : Cost.OUTPUT;
            case Verdict.PUNT -> routed ? Cost.FORWARD : Cost.PUNT;
            default -> isEsp(memory, slot) ? Cost.JUDGE : Cost.DROP;
        };
    }

    private static boolean isEsp(final PacketMemory memory, final long slot) {
        return (memory.getInt(slot + Slot.FLAGS) & Slot.FLAG_ESP) != 0;
    }
}
