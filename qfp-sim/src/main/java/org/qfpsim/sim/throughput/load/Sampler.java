package org.qfpsim.sim.throughput.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.qfpsim.datapath.counters.Total;

/** Reads the counters now and then during a long trial. The generator's thread. */
final class Sampler {
    /** A trial has at most so many samples, and none closer than a second. */
    private static final int MOST = 600;
    private static final long SECOND = 1_000_000_000L;
    /** Calls between two looks at the clock. */
    private static final int CALLS = 256;

    private final Accounts accounts;
    private final LongSupplier clock;
    private List<Sample> taken = new ArrayList<>();
    private long start;
    private long interval;
    private long next;
    private int calls;

    Sampler(final Accounts accounts, final LongSupplier clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    void begin(final double seconds) {
        taken = new ArrayList<>();
        start = clock.getAsLong();
        interval = Math.max(SECOND, (long) (seconds * SECOND / MOST));
        next = start + interval;
    }

    /** Takes a sample if it is time; always false, so that it can stand beside a condition to stop. */
    boolean due(final long offered) {
        if (++calls >= CALLS) {
            calls = 0;
            final long now = clock.getAsLong();
            if (now - next >= 0) {
                next = now + interval;
                taken.add(new Sample((now - start) / (double) SECOND, offered, accounts.total(Total.FORWARDED), accounts.drops()));
            }
        }
        return false;
    }

    List<Sample> taken() {
        return taken;
    }
}
