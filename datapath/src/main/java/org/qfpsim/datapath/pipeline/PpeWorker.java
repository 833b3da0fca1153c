package org.qfpsim.datapath.pipeline;

import org.agrona.concurrent.Agent;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Tables;
import org.qfpsim.datapath.packet.PacketMemory;

/** One packet processing engine: takes a batch from its ring, runs the feature chain over it, lets gather have it. */
final class PpeWorker implements Agent {
    private final String name;
    private final PpeRing ring;
    private final PacketMemory memory;
    private final FeatureChain chain;
    private final Tables tables;
    private final int batch;
    private final int[] slots;
    private long next;

    PpeWorker(final int number, final PpeRing ring, final FeatureChain chain, final Tables tables, final int batch) {
        this.name = "ppe-" + number;
        this.ring = ring;
        this.memory = ring.memory();
        this.chain = chain;
        this.tables = tables;
        this.batch = batch;
        slots = new int[batch];
    }

    @Override
    public int doWork() {
        int count = (int) Math.min(ring.published() - next + 1, batch);
        if (count <= 0) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            slots[i] = ring.slot(next + i);
        }
        final long change = tables.changeBehind(memory.getLong(slots[0] + Slot.ARRIVAL));
        while (memory.getLong(slots[count - 1] + Slot.ARRIVAL) >= change) {
            // The others see other tables: they are the next batch.
            count--;
        }
        chain.process(memory, slots, count);
        next += count;
        ring.worked().set(next - 1);
        return count;
    }

    @Override
    public String roleName() {
        return name;
    }
}
