package org.qfpsim.datapath.pipeline;

import org.agrona.concurrent.Agent;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Tables;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.Watch;
import org.qfpsim.datapath.trace.WatchVersions;

/** One packet processing engine: takes a batch from its ring, runs the feature chain over it, lets gather have it. */
final class PpeWorker implements Agent {
    private final String name;
    private final PpeRing ring;
    private final PacketMemory memory;
    private final FeatureChain chain;
    private final Tables tables;
    private final int batch;
    private final CounterBlock counters;
    private final CostMeter cost;
    private final int[] slots;
    private final WatchVersions watches;
    private final int[] single = new int[1];
    private long next;

    PpeWorker(final int number, final PpeRing ring, final FeatureChain chain,
              final PipelineConfig config, final CounterBlock counters, final WatchVersions watches) {
        this.name = "ppe-" + number;
        this.ring = ring;
        this.memory = ring.memory();
        this.chain = chain;
        tables = chain.tables();
        batch = config.batch();
        this.counters = counters;
        cost = config.costMeter(number);
        slots = new int[batch];
        this.watches = watches;
    }

    @Override
    public int doWork() {
        int count = (int) Math.min(ring.published() - next + 1, batch);
        if (count <= 0) {
            return 0;
        }
        long slot = ring.slot(next);
        for (int i = 0; i < count; i++) {
            slots[i] = (int) slot;
            slot = ring.after(slot);
        }
        final long change = tables.changeBehind(memory.getLong(slots[0] + Slot.ARRIVAL));
        while (memory.getLong(slots[count - 1] + Slot.ARRIVAL) >= change) {
            // The others see other tables: they are the next batch.
            count--;
        }
        final WatchVersions.Version watched = watches.newest();
        if (watched != null) {
            watch(watched, count);
        } else if (cost.due()) {
            cost.begin(counters, Cost.Stage.ENGINE, 0);
            chain.processSampled(memory, slots, count, cost);
            cost.end(count);
        } else {
            chain.process(memory, slots, count);
        }
        next += count;
        ring.worked().set(next - 1);
        return count;
    }

    /** While packets are watched each goes by itself; what is found is the same. */
    private void watch(final WatchVersions.Version versions, final int count) {
        for (int i = 0; i < count; i++) {
            FeatureChain.takeIn(memory, slots[i]);
            final Watch watch = versions.at(memory.getLong(slots[i] + Slot.ARRIVAL));
            if (watch != null && watch.traces()) {
                chain.processTraced(memory, slots[i], watch.notes());
            } else {
                if (watch != null) {
                    watch.notes().begin(memory, slots[i]);
                }
                single[0] = slots[i];
                chain.process(memory, single, 1);
            }
        }
    }

    @Override
    public String roleName() {
        return name;
    }
}
