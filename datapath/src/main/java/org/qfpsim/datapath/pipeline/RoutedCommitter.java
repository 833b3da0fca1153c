package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.Decapsulation;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.route.Forwarder;

/** The {@link Committer} of a pipeline that routes: what would leave goes to the forwarder, which also sends packets up itself. */
final class RoutedCommitter {
    private final Committer common;
    private final Forwarder router;
    private final EspJudge judge;
    private final CommitObserver observer;
    private final CounterBlock[] counters;
    private int dropped;

    RoutedCommitter(final Committer common, final Forwarder router, final EspJudge judge, final CommitObserver observer,
                    final CounterBlock[] counters) {
        this.common = common;
        this.router = router;
        this.judge = judge;
        this.observer = observer;
        this.counters = counters;
    }

    /** What the last packet was dropped for, if that is what its engine proposed; {@link Verdict#NONE} otherwise. */
    int dropped() {
        return dropped;
    }

    /** A packet was dropped. */
    void lost() {
        router.lost();
    }

    /** Makes the verdict of a packet final, and acts on it. */
    void commit(final PacketMemory ring, final int slot, final int ppe) {
        final CounterBlock block = counters[ppe];
        dropped = Verdict.NONE;
        router.watcher().begin(ring, slot);
        final int refused = router.admit(ring, slot, block);
        if (refused != Verdict.NONE) {
            drop(ring, slot, refused, block);
            return;
        }
        if ((ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_ESP) != 0) {
            final long sa = ring.getLong(slot + Slot.SA);
            router.judging(sa);
            judge.judge(ring, slot, block);
            router.judged(ring, slot, sa);
        }
        if (router.watcher().on) {
            router.watcher().path.ipsec(ring, slot);
        }
        final int verdict = ring.getInt(slot + Slot.VERDICT);
        switch (Verdict.kind(verdict)) {
            case Verdict.FORWARD, Verdict.ROUTE, Verdict.PUNT -> {
                if (verdict == Verdict.FORWARD) {
                    Decapsulation.rejoin(ring, slot);
                }
                settle(ring, slot, router.handle(ring, slot, verdict), block);
            }
            case Verdict.CONSUME -> {
                common.actOn(ring, slot, verdict, ppe);
                ended(verdict);
            }
            case Verdict.REASSEMBLE -> reassemble(ring, slot, ppe);
            default -> {
                router.dropped(ring, slot, verdict);
                dropped = verdict;
                drop(ring, slot, verdict, block);
            }
        }
    }

    private void ended(final int outcome) {
        if (router.watcher().on) {
            router.watcher().end(outcome);
        }
    }

    private void drop(final PacketMemory ring, final int slot, final int verdict, final CounterBlock block) {
        common.drop(ring, slot, verdict, block);
        ended(verdict);
    }

    /** A fragment is watched until it waits for the others; the datagram, if it is the last one, by a watcher of its own. */
    private void reassemble(final PacketMemory ring, final int slot, final int ppe) {
        if (router.watcher().on) {
            router.watcher().path.reassembly();
        }
        router.nest(true);
        final int refused = common.reassemble(ring, slot, ppe);
        router.nest(false);
        ended(refused == Verdict.NONE ? Verdict.CONSUME | Verdict.CONSUMED_FRAGMENT : refused);
    }

    private void settle(final PacketMemory ring, final int slot, final int outcome, final CounterBlock block) {
        block.add(Total.TRANSMITTED, router.sent());
        block.add(Total.ESP_SEALED, router.sealed());
        switch (Verdict.kind(outcome)) {
            case Verdict.FORWARD -> {
                observer.committed(ring.buffer(), slot, router.sealed() == 0 ? outcome : Verdict.PROTECT);
                PacketAccounts.forwarded(block, router.octets());
            }
            case Verdict.PUNT -> {
                observer.committed(ring.buffer(), slot, outcome);
                block.add(Total.PUNTED, 1);
            }
            default -> common.drop(ring, slot, outcome, block);
        }
        ended(outcome);
    }
}
