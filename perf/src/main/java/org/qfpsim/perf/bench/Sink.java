package org.qfpsim.perf.bench;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.pipeline.Egress;

/** Counts what leaves; compares it too when told to. */
class Sink implements Egress {
    private final UnsafeBuffer[] inner;
    private boolean comparing;
    private int next;
    private long packets;
    private long octets;

    Sink(final UnsafeBuffer[] inner) {
        this.inner = inner;
    }

    /** Tells a clock of every packet too. */
    static final class Timed extends Sink {
        private final StageTimes times;

        Timed(final UnsafeBuffer[] inner, final StageTimes times) {
            super(inner);
            this.times = times;
        }

        @Override
        public boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
            times.leaves();
            return super.transmit(buffer, offset, length, nanos);
        }
    }

    void comparing(final boolean value) {
        comparing = value;
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    @Override
    public boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
        packets++;
        octets += length;
        if (comparing) {
            Traffic.require("octets of a packet", inner[next].capacity(), length);
            Traffic.requireSame(inner[next], buffer, offset);
            next = (next + 1) % inner.length;
        }
        return true;
    }
}
