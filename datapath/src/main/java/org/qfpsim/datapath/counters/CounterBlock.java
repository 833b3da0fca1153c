package org.qfpsim.datapath.counters;

import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/**
 * One block of counters, written by one thread. A drop is counted here and nowhere else: the feature's counter and the global counter in
 * one act.
 */
public final class CounterBlock {
    private static final int[] GLOBAL_OF_IPSEC = new int[CounterLayout.IPSEC_DROPS];

    static {
        for (final IpsecDrop drop : IpsecDrop.values()) {
            final @Nullable GlobalDrop global = drop.global();
            GLOBAL_OF_IPSEC[drop.id()] = global == null ? 0 : global.id();
        }
    }

    private final UnsafeBuffer buffer;
    private final long base;

    CounterBlock(final UnsafeBuffer buffer) {
        this.buffer = buffer;
        base = buffer.addressOffset();
    }

    /**
     * The global drop that an IPsec type also counts.
     *
     * @param ipsecId type number.
     * @return drop ID; 0 if the type is no loss.
     */
    public static int globalOf(final int ipsecId) {
        return GLOBAL_OF_IPSEC[ipsecId];
    }

    /**
     * Adds to a total.
     *
     * @param total which.
     * @param count how much.
     */
    public void add(final Total total, final long count) {
        addAt(CounterLayout.totalOffset(total), count);
    }

    /**
     * Counts drops of the IPsec feature, in its own table and in the global one.
     *
     * @param id      type number of a type that is a loss.
     * @param packets how many.
     * @param octets  of their frames.
     */
    public void dropIpsec(final int id, final int packets, final long octets) {
        addAt(CounterLayout.ipsecOffset(id), packets);
        dropGlobal(GLOBAL_OF_IPSEC[id], packets, octets);
    }

    /**
     * Counts drops that no feature table has.
     *
     * @param id      drop ID.
     * @param packets how many.
     * @param octets  of their frames.
     */
    public void dropGlobal(final int id, final int packets, final long octets) {
        final int offset = CounterLayout.globalOffset(id);
        addAt(offset, packets);
        addAt(offset + 8, octets);
    }

    /**
     * Counts an event of the IPsec feature that is no loss.
     *
     * @param event a type without a global drop.
     */
    public void event(final IpsecDrop event) {
        addAt(CounterLayout.ipsecOffset(event.id()), 1);
    }

    /**
     * Counts a packet that a punt cause received.
     *
     * @param cause       number.
     * @param transmitted whether it went on to the control plane.
     */
    public void punt(final int cause, final boolean transmitted) {
        final int offset = CounterLayout.puntOffset(cause);
        addAt(offset, 1);
        if (transmitted) {
            addAt(offset + 8, 1);
        }
    }

    /**
     * Counts a packet that a punt policer has looked at.
     *
     * @param cause    number.
     * @param high     the high priority queue, otherwise the normal one.
     * @param conforms whether it is within the rate.
     */
    public void policed(final int cause, final boolean high, final boolean conforms) {
        addAt(CounterLayout.policerOffset(cause, high) + (conforms ? 0 : 8), 1);
    }

    /**
     * Counts a packet that an inject cause brought.
     *
     * @param cause       number.
     * @param transmitted whether it was not lost.
     */
    public void inject(final int cause, final boolean transmitted) {
        final int offset = CounterLayout.injectOffset(cause);
        addAt(offset, 1);
        if (transmitted) {
            addAt(offset + 8, 1);
        }
    }

    /**
     * Counts what a sampled batch has cost; unlike the others of the block, an engine's costs are its own to write.
     *
     * @param cost      what the time was spent on.
     * @param nanos     how long.
     * @param packets   how many it was spent on.
     * @param intervals in how many pieces.
     */
    public void cost(final Cost cost, final long nanos, final int packets, final int intervals) {
        final int offset = CounterLayout.costOffset(cost);
        addAt(offset, nanos);
        addAt(offset + 8, packets);
        addAt(offset + 16, intervals);
    }

    /**
     * Counts a sampled batch whose cost is not to be counted.
     *
     * @param clock of the stage.
     */
    public void costLeftOut(final Cost clock) {
        addAt(CounterLayout.costOffset(clock) + 24, 1);
    }

    /**
     * Forgets what was counted of the costs of a stage.
     *
     * @param stage which.
     */
    public void forgetCosts(final Cost.Stage stage) {
        for (final Cost cost : stage.costs()) {
            buffer.setMemory(CounterLayout.costOffset(cost), CounterLayout.COST_BYTES, (byte) 0);
        }
    }

    /** Publishes what was counted so far. */
    public void publish() {
        final int offset = CounterLayout.totalOffset(Total.BATCHES);
        buffer.putLongRelease(offset, buffer.getLong(offset) + 1);
    }

    private void addAt(final int offset, final long count) {
        // Plain addresses: the offsets are our own ids, not a packet's numbers.
        assert offset >= 0 && offset <= CounterLayout.BLOCK_BYTES - Long.BYTES;
        UnsafeApi.putLong(base + offset, UnsafeApi.getLong(base + offset) + count);
    }
}
