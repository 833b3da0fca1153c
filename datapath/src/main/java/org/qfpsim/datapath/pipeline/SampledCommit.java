package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
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
    private final boolean observed;
    /** What the packets before this one cost, and how many of them are not counted yet. */
    private Cost open = Cost.OUTPUT;
    private int alike;

    SampledCommit(final Committer committer, final InOrderRun inOrder, final CostMeter cost, final boolean routed,
                  final boolean observed) {
        this.committer = committer;
        this.inOrder = inOrder;
        this.cost = cost;
        this.routed = routed;
        this.observed = observed;
    }

    /** Commits packets that one engine has worked on, in their order. */
    void commit(final PpeRing ring, final long first, final int count, final int ppe, final CounterBlock block) {
        final PacketMemory memory = ring.memory();
        cost.begin(block, Cost.Stage.GATHER, ppe);
        for (int i = 0; i < count; i++) {
            boolean refused = false;
            if (!routed && !observed && memory.getInt(ring.slot(first + i) + Slot.VERDICT) == Verdict.FORWARD) {
                close();
                final int left = inOrder.forward(ring, first + i, count - i, committer.reassembler().nextExpiry());
                cost.lap(Cost.OUTPUT, left);
                open = Cost.OUTPUT;
                i += left;
                if (i == count) {
                    break;
                }
                refused = inOrder.refused();
            }
            other(memory, ring.slot(first + i), ppe, refused);
        }
        close();
        committer.settle(block);
        cost.lap(open, 0);
        cost.end(count);
    }

    private void other(final PacketMemory memory, final long slot, final int ppe, final boolean refused) {
        final Cost now = costOf(memory, slot);
        if (now != open) {
            close();
            open = now;
        }
        alike++;
        committer.commitOther(memory, slot, ppe, refused);
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
