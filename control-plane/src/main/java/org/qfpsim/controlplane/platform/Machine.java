package org.qfpsim.controlplane.platform;

import java.util.function.LongSupplier;

/**
 * What a router's processor takes for its work. Where time is real it is measured, of this process. Where time is virtual nothing uses a
 * processor, and the same run must print the same: a thing that the control plane does takes what the scenario says ({@code control-work}).
 */
public final class Machine {
    /** On virtual time, where work takes no time. */
    public static final Machine VIRTUAL = modelled(0);

    private final boolean measured;
    private final LongSupplier clock;
    private final LongSupplier datapath;
    private final long nanosOfEach;

    private Machine(final boolean measured, final LongSupplier clock, final LongSupplier datapath, final long nanosOfEach) {
        this.measured = measured;
        this.clock = clock;
        this.datapath = datapath;
        this.nanosOfEach = nanosOfEach;
    }

    /**
     * On virtual time.
     *
     * @param nanosOfEach what each thing takes that the control plane does.
     * @return the machine.
     */
    public static Machine modelled(final long nanosOfEach) {
        return new Machine(false, () -> 0, () -> 0, nanosOfEach);
    }

    /**
     * Where time is real.
     *
     * @param clock    a steady clock in nanoseconds.
     * @param datapath nanoseconds that the datapath has worked since the start.
     * @return the machine.
     */
    public static Machine measured(final LongSupplier clock, final LongSupplier datapath) {
        return new Machine(true, clock, datapath, 0);
    }

    /** Whether its numbers are measured. */
    public boolean isMeasured() {
        return measured;
    }

    /** A steady clock in nanoseconds; stands still on virtual time. */
    public long nanos() {
        return clock.getAsLong();
    }

    /** Nanoseconds that each thing takes that the control plane does; 0 where that is measured. */
    public long nanosOfEach() {
        return nanosOfEach;
    }

    /** Nanoseconds that the datapath has worked since the start; 0 on virtual time. */
    public long datapathNanos() {
        return datapath.getAsLong();
    }

    /** Octets of memory that this process has in use; where nothing is measured, what is given. */
    public long memoryUsed(final long modelled) {
        final Runtime runtime = Runtime.getRuntime();
        return measured ? runtime.totalMemory() - runtime.freeMemory() : modelled;
    }

    /** Octets of memory that this process has taken from its system; where nothing is measured, what is given. */
    public long memoryCommitted(final long modelled) {
        return measured ? Runtime.getRuntime().totalMemory() : modelled;
    }

    /** Octets of memory that this process may use; where nothing is measured, what is given. */
    public long memoryTotal(final long modelled) {
        return measured ? Runtime.getRuntime().maxMemory() : modelled;
    }
}
