package org.qfpsim.sim.throughput.load;

import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.pipeline.Egress;

/** Where packets leave: takes the latency of one in so many. Gather's thread, or at rest. */
final class LatencySink implements Egress {
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(MOST_NANOS, DIGITS);
    private final LongSupplier clock;
    private int every;
    private int next;

    /**
     * Makes a sink.
     *
     * @param clock the clock that packets have their times from.
     */
    LatencySink(final LongSupplier clock) {
        this.clock = clock;
    }

    void begin(final int latencyEvery) {
        every = latencyEvery;
        next = latencyEvery;
        histogram.reset();
    }

    @Override
    public boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
        if (every != 0 && --next == 0) {
            next = every;
            histogram.recordValue(Math.clamp(clock.getAsLong() - nanos, 0, MOST_NANOS));
        }
        return true;
    }

    @Nullable Latency latency() {
        return histogram.getTotalCount() == 0 ? null : Latency.of(histogram);
    }
}
