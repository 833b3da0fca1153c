package org.qfpsim.datapath.route;

import java.util.List;

/**
 * What a datapath has for packets, and what of it is in use at the moment.
 *
 * @param slots           of each engine's ring.
 * @param slotOctets      of each slot's frame.
 * @param batch           most packets that an engine takes at once.
 * @param hashed          whether a flow always meets the same engine.
 * @param used            slots in use, by engine.
 * @param injectionOctets of the ring from the control plane.
 * @param injectionUsed   octets in use there.
 */
public record PacketBuffers(int slots, int slotOctets, int batch, boolean hashed, List<Long> used, int injectionOctets,
                            int injectionUsed) {
    /** Takes a copy. */
    public PacketBuffers {
        used = List.copyOf(used);
    }

    /** How many engines there are. */
    public int engines() {
        return used.size();
    }

    /** Slots of all engines. */
    public long allSlots() {
        return (long) slots * used.size();
    }

    /** Slots in use of all engines. */
    public long allUsed() {
        return used.stream().mapToLong(Long::longValue).sum();
    }
}
