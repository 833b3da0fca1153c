package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.CycleSampler;
import org.qfpsim.datapath.trace.TraceClock;

/** Settings of a pipeline: fluent setters, every range checked by {@link #conclude}, which names the setting in its message. */
public final class PipelineConfig {
    /** Longest frame that a slot can be made for. */
    public static final int MAX_SLOT_BYTES = 9216;
    /** Of so many batches, on average, the cost of one is sampled. */
    public static final int COST_INTERVAL = 128;
    /** Numbers of cost meters beside those of the engines, from 0. */
    static final int DISPATCHER = -1;
    static final int GATHER = -2;

    private int ppes = 1;
    private int ringSlots = 256;
    private int slotBytes = 2048;
    private int batch = 128;
    private DispatchPolicy dispatch = DispatchPolicy.ANY_IDLE;
    private boolean dropWhenFull;
    private int reassemblyDatagrams = 64;
    private int reassemblyFragments = 32;
    private long reassemblyTimeoutNanos = 3_000_000_000L;
    private int dropReportRows = 4096;
    private OutboundOptions outbound = OutboundOptions.DEFAULT;
    private int controlRingBytes = 1 << 20;
    private int notificationRows = 1024;
    private TraceClock traceClock = new CycleSampler();
    private TraceClock costClock = new CycleSampler();
    private int costInterval = COST_INTERVAL;

    /**
     * Sets the number of packet processing engines.
     *
     * @param value 1 to 64.
     * @return this.
     */
    public PipelineConfig ppes(final int value) {
        ppes = value;
        return this;
    }

    /** Packet processing engines. */
    public int ppes() {
        return ppes;
    }

    /**
     * Sets the length of an engine's ring.
     *
     * @param value a power of two, 16 to 65,536.
     * @return this.
     */
    public PipelineConfig ringSlots(final int value) {
        ringSlots = value;
        return this;
    }

    /** Slots of a ring. */
    public int ringSlots() {
        return ringSlots;
    }

    /**
     * Sets the longest frame that a slot holds.
     *
     * @param value octets, 256 to {@link #MAX_SLOT_BYTES}.
     * @return this.
     */
    public PipelineConfig slotBytes(final int value) {
        slotBytes = value;
        return this;
    }

    /** Octets of the longest frame. */
    public int slotBytes() {
        return slotBytes;
    }

    /**
     * Sets the most packets that an engine takes at a time.
     *
     * @param value 1 to 256.
     * @return this.
     */
    public PipelineConfig batch(final int value) {
        batch = value;
        return this;
    }

    /** Packets of an engine's batch. */
    public int batch() {
        return batch;
    }

    /**
     * Sets how engines are picked.
     *
     * @param value the policy.
     * @return this.
     */
    public PipelineConfig dispatch(final DispatchPolicy value) {
        dispatch = value;
        return this;
    }

    /** How engines are picked. */
    public DispatchPolicy dispatch() {
        return dispatch;
    }

    /**
     * Sets what a full ring means.
     *
     * @param value true: tail drop (open loop); false: the source waits (closed loop).
     * @return this.
     */
    public PipelineConfig dropWhenFull(final boolean value) {
        dropWhenFull = value;
        return this;
    }

    /** Whether a full ring drops. */
    public boolean dropWhenFull() {
        return dropWhenFull;
    }

    /**
     * Sets the bounds of reassembly.
     *
     * @param datagrams    in the making at a time, 1 to 1,024.
     * @param fragments    of a datagram, 2 to 1,024.
     * @param timeoutNanos for a datagram, from 1.
     * @return this.
     */
    public PipelineConfig reassembly(final int datagrams, final int fragments, final long timeoutNanos) {
        reassemblyDatagrams = datagrams;
        reassemblyFragments = fragments;
        reassemblyTimeoutNanos = timeoutNanos;
        return this;
    }

    /** Datagrams in the making at a time. */
    public int reassemblyDatagrams() {
        return reassemblyDatagrams;
    }

    /** Fragments of a datagram. */
    public int reassemblyFragments() {
        return reassemblyFragments;
    }

    /** Time for a datagram, nanoseconds on the packets' clock. */
    public long reassemblyTimeoutNanos() {
        return reassemblyTimeoutNanos;
    }

    /**
     * Sets the length of the drop report.
     *
     * @param value rows, a power of two, 16 to 1,048,576.
     * @return this.
     */
    public PipelineConfig dropReportRows(final int value) {
        dropReportRows = value;
        return this;
    }

    /** Rows of the drop report. */
    public int dropReportRows() {
        return dropReportRows;
    }

    /**
     * Sets how protected packets leave.
     *
     * @param value MTU, DF bit, fragmentation.
     * @return this.
     */
    public PipelineConfig outbound(final OutboundOptions value) {
        outbound = value;
        return this;
    }

    /** How protected packets leave. */
    public OutboundOptions outbound() {
        return outbound;
    }

    /**
     * Sets the length of the rings between datapath and control plane: punted packets, and injected ones of a routed pipeline.
     *
     * @param value octets, a power of two, 65,536 to 16,777,216.
     * @return this.
     */
    public PipelineConfig controlRingBytes(final int value) {
        controlRingBytes = value;
        return this;
    }

    /** Octets of the rings between datapath and control plane. */
    public int controlRingBytes() {
        return controlRingBytes;
    }

    /**
     * Sets how many things a routed pipeline can have to tell the control plane at a time.
     *
     * @param value rows, a power of two, 16 to 65,536.
     * @return this.
     */
    public PipelineConfig notificationRows(final int value) {
        notificationRows = value;
        return this;
    }

    /** Rows of the table of notifications. */
    public int notificationRows() {
        return notificationRows;
    }

    /**
     * Sets what the steps of traced packets are measured with.
     *
     * @param value the clock; one of the packets' own makes records that are the same in every run.
     * @return this.
     */
    public PipelineConfig traceClock(final TraceClock value) {
        traceClock = value;
        return this;
    }

    /** What the steps of traced packets are measured with. */
    public TraceClock traceClock() {
        return traceClock;
    }

    /**
     * Sets how the cost of features is sampled.
     *
     * @param interval one batch in so many, on average; from 1.
     * @param clock    measures.
     * @return this.
     */
    public PipelineConfig cost(final int interval, final TraceClock clock) {
        costInterval = interval;
        costClock = clock;
        return this;
    }

    /** A cost meter for a thread with this number. */
    CostMeter costMeter(final int number) {
        return new CostMeter(costClock, costInterval, number);
    }

    /**
     * Checks every setting.
     *
     * @return this.
     * @throws IllegalArgumentException naming the setting, the value and the range.
     */
    public PipelineConfig conclude() {
        within("ppes", ppes, 1, ArrivalOrder.MAX_PPES);
        within("ringSlots", ringSlots, 16, 65_536);
        powerOfTwo("ringSlots", ringSlots);
        within("slotBytes", slotBytes, 256, MAX_SLOT_BYTES);
        if ((long) ringSlots * (slotBytes + 256) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("ringSlots " + ringSlots + " of " + slotBytes + " octets do not fit in 2 GB");
        }
        within("batch", batch, 1, FeatureChain.MAX_BATCH);
        within("reassemblyDatagrams", reassemblyDatagrams, 1, 1024);
        within("reassemblyFragments", reassemblyFragments, 2, 1024);
        within("reassemblyTimeoutNanos", reassemblyTimeoutNanos, 1, Long.MAX_VALUE / 4);
        within("dropReportRows", dropReportRows, 16, 1 << 20);
        powerOfTwo("dropReportRows", dropReportRows);
        within("controlRingBytes", controlRingBytes, 1 << 16, 1 << 24);
        powerOfTwo("controlRingBytes", controlRingBytes);
        within("costInterval", costInterval, 1, Integer.MAX_VALUE);
        within("notificationRows", notificationRows, 16, 1 << 16);
        powerOfTwo("notificationRows", notificationRows);
        return this;
    }

    private static void within(final String name, final long value, final long low, final long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + low + " to " + high);
        }
    }

    private static void powerOfTwo(final String name, final int value) {
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(name + " " + value + " is not a power of two");
        }
    }
}
