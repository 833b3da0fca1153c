package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.SaTable;
import org.qfpsim.datapath.trace.CostMeter;

/**
 * The first half of {@link FeatureChain#process} for a batch whose cost is sampled: each feature takes all packets, then the next one does.
 * First the common packets, as {@link EspFastPath} takes them, then those that it has left.
 */
final class SampledPass {
    private final int[] lengths = new int[FeatureChain.MAX_BATCH];
    private final int[] taken = new int[FeatureChain.MAX_BATCH];
    private final int[] local = new int[FeatureChain.MAX_BATCH];

    /**
     * Classifies packets and finds their SAs.
     *
     * @param toOpen gets the slots of those that are to be opened, in order.
     * @return how many they are.
     */
    int find(final PacketMemory ring, final int[] slots, final int count, final Tables tables, final EspFastPath fast,
             final CostMeter cost, final int[] toOpen) {
        final Tables.Forwarding forwarding = tables.forwarding(ring.getLong(slots[0] + Slot.ARRIVAL));
        int common = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = CommonHeader.wholeEsp(ring, slots[i]);
            common += lengths[i] < 0 ? 0 : 1;
        }
        cost.lap(Cost.INPUT, count);
        fast.begin(forwarding.addresses());
        int left = 0;
        for (int i = 0; i < count; i++) {
            taken[i] = fast.take(ring, slots[i], lengths[i]);
            left += taken[i] == EspFastPath.NOT_TAKEN ? 1 : 0;
        }
        cost.lap(Cost.SA_LOOKUP, common);
        if (left != 0) {
            findOthers(ring, slots, count, forwarding, tables.saTable(), cost);
        }
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (taken[i] == EspFastPath.OPEN) {
                toOpen[found++] = slots[i];
            }
        }
        return found;
    }

    private void findOthers(final PacketMemory ring, final int[] slots, final int count, final Tables.Forwarding forwarding,
                            final SaTable saTable, final CostMeter cost) {
        int esp = 0;
        for (int i = 0; i < count; i++) {
            if (taken[i] == EspFastPath.NOT_TAKEN) {
                FeatureChain.clear(ring, slots[i]);
                local[i] = FeatureChain.classify(ring, slots[i], forwarding);
                esp += local[i] < 0 || lengths[i] >= 0 ? 0 : 1;
            }
        }
        cost.lap(Cost.INPUT, 0);
        for (int i = 0; i < count; i++) {
            if (taken[i] == EspFastPath.NOT_TAKEN && local[i] >= 0 && EspInput.lookup(ring, slots[i], local[i], saTable)) {
                taken[i] = EspFastPath.OPEN;
            }
        }
        cost.lap(Cost.SA_LOOKUP, esp);
    }
}
