package org.qfpsim.datapath.trace;

/** The processor's time, for packets that are traced and batches that are sampled, and for no others: the only clock in the datapath. */
public final class CycleSampler implements TraceClock {
    /** Nothing is to be set up. */
    public CycleSampler() {
        // The clock is the machine's.
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
