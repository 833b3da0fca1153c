package org.qfpsim.datapath.route;

import java.util.concurrent.atomic.AtomicLong;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;

/** An outbound SA of a flow: the control thread's handle, and what gather keeps beside the SA itself. */
public final class OutboundFlow implements RoutedSa {
    /** From here on the control plane is told to rekey: fifteen sixteenths of the sequence numbers are used. */
    private static final long NEARLY_USED_UP = 0xf000_0000L;

    private final int flow;
    private final OutboundSa sa;
    private final AtomicLong lastUsed = new AtomicLong(NEVER);
    private boolean sequenceTold;
    private boolean retired;
    /** Written by the dispatcher when the SA has left its flow. */
    private volatile long position = Long.MAX_VALUE;

    /**
     * Makes a handle.
     *
     * @param flow its flow.
     * @param sa   ready to seal, by gather.
     */
    public OutboundFlow(final int flow, final OutboundSa sa) {
        this.flow = flow;
        this.sa = sa;
    }

    @Override
    public SaSpec spec() {
        return sa.spec();
    }

    @Override
    public int flow() {
        return flow;
    }

    @Override
    public boolean inbound() {
        return false;
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    /** Marks it as taken away. Control thread. */
    public void retired() {
        retired = true;
    }

    /** Position of the first packet that did not find it, or {@link Long#MAX_VALUE}. */
    public long position() {
        return position;
    }

    /**
     * Tells when it has left its flow. Dispatcher's thread.
     *
     * @param value position of the first packet that does not find it.
     */
    public void position(final long value) {
        position = value;
    }

    @Override
    public long packets() {
        return sa.packets();
    }

    @Override
    public long octets() {
        return sa.octets();
    }

    @Override
    public long sequence() {
        return sa.sequence();
    }

    @Override
    public long lastUsedNanos() {
        return lastUsed.get();
    }

    @Override
    public long replayDrops() {
        return 0;
    }

    @Override
    public long icvDrops() {
        return 0;
    }

    /** The SA itself. Gather only. */
    OutboundSa sa() {
        return sa;
    }

    /** Notes that a packet has left through it. Gather only. */
    void used(final long nanos) {
        lastUsed.setRelease(nanos);
    }

    /** True once, when the sequence numbers are nearly used up. Gather only. */
    boolean tellSequence() {
        final boolean tell = !sequenceTold && !sa.spec().esn() && sa.sequence() >= NEARLY_USED_UP;
        sequenceTold |= tell;
        return tell;
    }
}
