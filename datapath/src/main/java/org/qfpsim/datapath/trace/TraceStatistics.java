package org.qfpsim.datapath.trace;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.counters.CounterLayout;

/** What became of the packets that a trace's conditions meant. Gather counts, any thread reads. */
public final class TraceStatistics {
    private static final int MATCHED = 0;
    private static final int TRACED = 1;
    private static final int INGRESS = 2;
    private static final int INJECTED = 3;
    private static final int FORWARDED = 4;
    private static final int PUNTED = 5;
    private static final int DROPPED = 6;
    private static final int CONSUMED = 7;
    private static final int INJECT = 8;
    private static final int PUNT = INJECT + CounterLayout.INJECT_CAUSES;
    private static final int DROP = PUNT + CounterLayout.PUNT_CAUSES;
    private static final int UP = DROP + CounterLayout.GLOBAL_DROPS;
    private static final int DOWN = UP + TraceLayer.values().length;
    private static final int ROWS = DOWN + TraceLayer.values().length;

    private final UnsafeBuffer buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(ROWS * Long.BYTES, 64));

    TraceStatistics() {
        // Memory is zero.
    }

    private void count(final int row) {
        final int at = row * Long.BYTES;
        buffer.putLongRelease(at, buffer.getLong(at) + 1);
    }

    private long value(final int row) {
        return buffer.getLongVolatile(row * Long.BYTES);
    }

    void countTraced() {
        count(TRACED);
    }

    void countReceived() {
        count(MATCHED);
        count(INGRESS);
    }

    void countInjected(final int cause) {
        count(MATCHED);
        count(INJECTED);
        count(INJECT + cause);
    }

    void countForwarded() {
        count(FORWARDED);
    }

    void countUp(final TraceLayer layer) {
        count(UP + layer.ordinal());
    }

    void countDown(final TraceLayer layer) {
        count(DOWN + layer.ordinal());
    }

    void countPunted(final int cause) {
        count(PUNTED);
        count(PUNT + cause);
    }

    void countDropped(final int id) {
        count(DROPPED);
        count(DROP + id);
    }

    void countConsumed() {
        count(CONSUMED);
    }

    /** Packets that the conditions meant. */
    public long matched() {
        return value(MATCHED);
    }

    /** Packets of them that were recorded. */
    public long traced() {
        return value(TRACED);
    }

    /** Packets of them that came in by an interface. */
    public long ingress() {
        return value(INGRESS);
    }

    /** Packets of them that the control plane has injected. */
    public long injected() {
        return value(INJECTED);
    }

    /** Packets of them that left. */
    public long forwarded() {
        return value(FORWARDED);
    }

    /** Packets of them that were sent up. */
    public long punted() {
        return value(PUNTED);
    }

    /** Packets of them that were dropped. */
    public long dropped() {
        return value(DROPPED);
    }

    /** Packets of them that ended here without being an error. */
    public long consumed() {
        return value(CONSUMED);
    }

    /**
     * Injected packets of a cause.
     *
     * @param cause its number.
     * @return packets.
     */
    public long injected(final int cause) {
        return value(INJECT + cause);
    }

    /**
     * Packets that were sent up for a cause.
     *
     * @param cause its number.
     * @return packets.
     */
    public long punted(final int cause) {
        return value(PUNT + cause);
    }

    /**
     * Packets that the control plane was given.
     *
     * @param layer what they are.
     * @return packets.
     */
    public long up(final TraceLayer layer) {
        return value(UP + layer.ordinal());
    }

    /**
     * Packets of the control plane that went into the datapath.
     *
     * @param layer what they are.
     * @return packets.
     */
    public long down(final TraceLayer layer) {
        return value(DOWN + layer.ordinal());
    }

    /**
     * Packets of a drop.
     *
     * @param id drop ID.
     * @return packets.
     */
    public long dropped(final int id) {
        return value(DROP + id);
    }
}
