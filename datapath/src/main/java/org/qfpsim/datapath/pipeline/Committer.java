package org.qfpsim.datapath.pipeline;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Decapsulation;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.reassembly.Reassembler;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.route.Forwarder;
import org.qfpsim.datapath.trace.CostMeter;

/**
 * Makes verdicts final, one packet at a time in the order of arrival, and acts on them; packets of one SA in a row with nothing to decide
 * about go together ({@link InOrderRun}). What is final about an ESP packet is the {@link EspJudge}'s. The only writer of the engines'
 * counters and of the drop report.
 */
final class Committer implements Reassembler.Fates {
    static final int TAIL_DROP = Verdict.DROP_GLOBAL | GlobalDrop.TAIL_DROP.id();
    private static final int DROP_NESTED = Verdict.DROP_GLOBAL | GlobalDrop.REASS_DROP.id();

    private final FeatureChain chain;
    private final Reassembler reassembler;
    private final OutboundPath outbound;
    private final Egress egress;
    private final PuntPath punts;
    private final PacketAccounts accounts;
    private final CommitObserver observer;
    /** Whether anybody looks at each packet, and wants its notes whole. */
    private final boolean observed;
    private final CounterBlock[] counters;
    private final int[] single = new int[1];
    /** Null if forwarded packets simply leave. */
    private final @Nullable RoutedCommitter routed;
    private final InOrderRun inOrder;
    private final BadIcvRun badIcvs;
    /** Null if nobody routes, or somebody looks at each packet. */
    private final @Nullable UnknownSpiRun unknownSpis;
    private final EspJudge judge;
    private final CostMeter cost;
    private final SampledCommit sampled;

    Committer(final FeatureChain chain, final OutboundPath outbound, final Egress egress, final PuntPath punts, final DropReport report,
              final CommitObserver observer, final CounterBlock[] counters, final PipelineConfig config,
              final @Nullable Forwarder forwarder) {
        this.chain = chain;
        judge = new EspJudge(chain);
        inOrder = new InOrderRun(egress);
        this.outbound = outbound;
        this.egress = egress;
        this.punts = punts;
        accounts = new PacketAccounts(report);
        badIcvs = new BadIcvRun(accounts);
        this.observer = observer;
        observed = observer != CommitObserver.NONE;
        this.counters = counters;
        routed = forwarder == null ? null : new RoutedCommitter(this, forwarder, judge, observer, counters);
        unknownSpis = forwarder == null || routed == null || observed ? null : new UnknownSpiRun(routed, forwarder, accounts);
        cost = forwarder == null ? config.costMeter(PipelineConfig.GATHER) : forwarder.cost();
        sampled = new SampledCommit(this, inOrder, cost, forwarder != null, observed);
        reassembler = new Reassembler(config.reassemblyDatagrams(), config.reassemblyFragments(), config.reassemblyTimeoutNanos(), this);
    }

    Reassembler reassembler() {
        return reassembler;
    }

    /**
     * Commits packets that one engine has worked on, in their order.
     *
     * @param ring  the engine's.
     * @param first sequence of the first packet there.
     * @param count packets.
     * @param ppe   the engine.
     */
    void commit(final PpeRing ring, final long first, final int count, final int ppe) {
        if (cost.due()) {
            sampled.commit(ring, first, count, ppe, counters[ppe]);
            return;
        }
        final PacketMemory memory = ring.memory();
        final CounterBlock block = counters[ppe];
        final boolean unobserved = routed == null && !observed;
        for (int i = 0; i < count; i++) {
            boolean refused = false;
            if (unobserved && memory.getInt(ring.slot(first + i) + Slot.VERDICT) == Verdict.FORWARD) {
                i += inOrder.forward(ring, first + i, count - i, reassembler.nextExpiry());
                refused = inOrder.refused();
            } else if (unobserved && BadIcvRun.mayBegin(memory.getInt(ring.slot(first + i) + Slot.VERDICT))) {
                i += badIcvs.drop(ring, first + i, count - i, reassembler.nextExpiry(), block);
            } else if (unknownSpis != null && i > 0 && unknownSpis.mayFollow(memory.getInt(ring.slot(first + i) + Slot.VERDICT))) {
                i += unknownSpis.drop(ring, first + i, count - i, reassembler.nextExpiry(), block);
            }
            if (i < count) {
                commitOther(memory, ring.slot(first + i), ppe, refused);
            }
        }
        settle(block);
    }

    /** Counts what a batch has left to count together. */
    void settle(final CounterBlock block) {
        accounts.settle();
        inOrder.count(block);
    }

    /** Commits a packet that is in no {@link InOrderRun}, or that was refused there. */
    void commitOther(final PacketMemory memory, final long slot, final int ppe, final boolean refused) {
        final CounterBlock block = counters[ppe];
        final long time = memory.getLong(slot + Slot.TIME);
        if (time >= reassembler.nextExpiry()) {
            reassembler.expire(time);
        }
        if (refused) {
            drop(memory, slot, TAIL_DROP, block);
        } else if (isOpen(memory, slot) || !accounts.droppedAlike(block, memory, slot, memory.getInt(slot + Slot.VERDICT))) {
            commit(memory, slot, ppe);
        }
    }

    /** Whether the verdict may become another one, or somebody wants to hear of it. */
    private boolean isOpen(final PacketMemory memory, final long slot) {
        return routed != null || observed || (memory.getInt(slot + Slot.FLAGS) & Slot.FLAG_ESP) != 0;
    }

    private void commit(final PacketMemory ring, final long slot, final int ppe) {
        final CounterBlock block = counters[ppe];
        if (routed != null) {
            FeatureChain.completeNotes(ring, slot);
            routed.commit(ring, (int) slot, ppe);
            return;
        }
        if ((ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_ESP) != 0) {
            judge.judge(ring, slot, block);
        }
        final int verdict = ring.getInt(slot + Slot.VERDICT);
        if (Verdict.isDrop(verdict)) {
            drop(ring, slot, verdict, block);
        } else if (verdict == Verdict.FORWARD) {
            FeatureChain.completeNotes(ring, slot);
            forward(ring, slot, block);
        } else {
            FeatureChain.completeNotes(ring, slot);
            actOn(ring, slot, verdict, ppe);
        }
    }

    void actOn(final PacketMemory ring, final long slot, final int verdict, final int ppe) {
        switch (Verdict.kind(verdict)) {
            case Verdict.PUNT -> punt(ring, (int) slot, verdict, counters[ppe]);
            case Verdict.CONSUME -> {
                observer.committed(ring.buffer(), (int) slot, verdict);
                PacketAccounts.consumed(counters[ppe], verdict);
            }
            case Verdict.REASSEMBLE -> reassemble(ring, (int) slot, ppe);
            case Verdict.PROTECT -> protect(ring, (int) slot, counters[ppe]);
            default -> drop(ring, slot, verdict, counters[ppe]);
        }
    }

    private void forward(final PacketMemory ring, final long slot, final CounterBlock block) {
        Decapsulation.rejoin(ring, (int) slot);
        final int length = ring.getInt(slot + Slot.PAYLOAD_LENGTH);
        if (transmit(ring, (int) slot, ring.getInt(slot + Slot.PAYLOAD_OFFSET), length)) {
            observer.committed(ring.buffer(), (int) slot, Verdict.FORWARD);
            PacketAccounts.forwarded(block, length);
            block.add(Total.TRANSMITTED, 1);
        } else {
            drop(ring, slot, TAIL_DROP, block);
        }
    }

    /** Sends a packet with the ECN field that it leaves with. The observer, told afterwards, is to see it as it was. */
    private boolean transmit(final PacketMemory ring, final int slot, final int packet, final int length) {
        final long nanos = ring.getLong(slot + Slot.TIME);
        if (ring.getByte(slot + Slot.OUTER_ECN) == Net.ECN_NOT_ECT) {
            return egress.transmit(ring.buffer(), packet, length, nanos);
        }
        // The ECN field and the checksum of IPv4 are within these.
        final long start = ring.getLong(packet);
        final long next = ring.getLong(packet + Long.BYTES);
        Decapsulation.rewriteEcn(ring, slot);
        final boolean sent = egress.transmit(ring.buffer(), packet, length, nanos);
        ring.putLong(packet, start);
        ring.putLong(packet + Long.BYTES, next);
        return sent;
    }

    private void protect(final PacketMemory ring, final int slot, final CounterBlock block) {
        final int verdict = outbound.protect(ring.buffer(), slot);
        block.add(Total.TRANSMITTED, outbound.sent());
        block.add(Total.ESP_SEALED, outbound.sealed());
        if (verdict != Verdict.FORWARD) {
            drop(ring, slot, verdict, block);
            return;
        }
        observer.committed(ring.buffer(), slot, Verdict.PROTECT);
        PacketAccounts.forwarded(block, ring.getInt(slot + Slot.PAYLOAD_LENGTH));
        if (outbound.tellSoftExpiry()) {
            block.event(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY);
        }
    }

    private void punt(final PacketMemory ring, final int slot, final int verdict, final CounterBlock block) {
        final int cause = Verdict.number(verdict);
        final int refused = punts.offer(block, ring.buffer(), slot, cause);
        if (refused != Verdict.NONE) {
            drop(ring, slot, refused, block);
            return;
        }
        observer.committed(ring.buffer(), slot, verdict);
        block.add(Total.PUNTED, 1);
    }

    void drop(final PacketMemory ring, final long slot, final int verdict, final CounterBlock block) {
        if (observed) {
            FeatureChain.completeNotes(ring, slot);
        }
        observer.committed(ring.buffer(), (int) slot, verdict);
        if (routed != null) {
            routed.lost();
        }
        accounts.dropped(block, ring, slot, verdict);
    }

    /** The drop if the fragment was refused, otherwise {@link Verdict#NONE}. */
    int reassemble(final PacketMemory ring, final int slot, final int ppe) {
        observer.held(ring.buffer(), slot);
        final int verdict = reassembler.add(ring.buffer(), slot, ppe);
        if (verdict != Verdict.NONE) {
            accounts.dropped(counters[ppe], ring, slot, verdict);
            observer.released(ring.getLong(slot + Slot.ARRIVAL), verdict, -1);
        }
        return verdict;
    }

    /** The whole datagram goes through the chain here and now, so that its place in the order is that of its last fragment. */
    @Override
    public void completed(final PacketMemory memory, final int slot, final int engine) {
        counters[engine].add(Total.REASSEMBLED, 1);
        final int wireLength = memory.getInt(slot + Slot.WIRE_LENGTH);
        memory.putInt(slot + Slot.WIRE_LENGTH, memory.getInt(slot + Slot.FRAME_LENGTH));
        single[0] = slot;
        chain.process(memory, single, 1);
        memory.putInt(slot + Slot.WIRE_LENGTH, wireLength);
        if (memory.getInt(slot + Slot.VERDICT) == Verdict.REASSEMBLE) {
            // A fragment header behind a fragment header: no sender makes this (RFC 8200 section 4.1), and reassembly must not nest.
            memory.putInt(slot + Slot.VERDICT, DROP_NESTED);
        }
        commit(memory, slot, engine);
        // The datagram's memory is another one's soon: no run may lead back to it.
        accounts.settle();
    }

    @Override
    public void settled(final PacketMemory notes, final int verdict, final int engine, final long completing) {
        if (Verdict.kind(verdict) == Verdict.CONSUME) {
            PacketAccounts.consumed(counters[engine], verdict);
        } else {
            accounts.dropped(counters[engine], notes, 0, verdict);
        }
        observer.released(notes.getLong(Slot.ARRIVAL), verdict, completing);
    }
}
