package org.qfpsim.controlplane.exec;

import java.util.Arrays;
import java.util.stream.Stream;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.qfp.SampleRing;

/**
 * What the control plane has done, and how long it took: measured where time is real, else counted and multiplied. A turn that finds
 * nothing to do counts for nothing.
 */
public final class ProcessTimes {
    /** Seconds between two samples. */
    static final int SECONDS = 5;
    private static final int MINUTES = 15;
    private static final int MOST = MINUTES * 60 / SECONDS;
    private static final double NANOS_A_SECOND = 1e9;

    /** What the platform calls a process: a part of the control plane's work. Its PID is its place, from 1. */
    public enum Process {
        /** Deadlines: retransmissions, lifetimes, samples. */
        TIMERS("Timers"),
        /** Packets that were sent up: IKE, ARP, NHRP, ICMP. */
        PACKETS("IP Input"),
        /** Messages of the datapath. */
        NOTIFICATIONS("QFP Notify"),
        /** Terminals. */
        TERMINALS("Exec"),
        /** SAs that the datapath has let go of. */
        RECLAIM("IPSEC key engine");

        private final String title;

        Process(final String title) {
            this.title = title;
        }

        /** What the platform's tables call it. */
        String title() {
            return title;
        }
    }

    private final Machine machine;
    private final long[] invoked = new long[Process.values().length];
    private final long[] nanos = new long[Process.values().length];
    private final SampleRing[] samples = Stream.generate(() -> new SampleRing(MOST)).limit(Process.values().length)
        .toArray(SampleRing[]::new);
    private long since;

    /**
     * Nothing was done yet.
     *
     * @param machine what does it.
     */
    public ProcessTimes(final Machine machine) {
        this.machine = machine;
    }

    /** A turn begins. */
    public void begin() {
        since = machine.nanos();
    }

    /**
     * Something was done since the turn began or this was called last.
     *
     * @param process which process it belongs to.
     * @param count   how many things.
     * @return the count.
     */
    public int did(final Process process, final int count) {
        final long now = machine.nanos();
        if (count != 0) {
            invoked[process.ordinal()] += count;
            nanos[process.ordinal()] += machine.isMeasured() ? now - since : count * machine.nanosOfEach();
        }
        since = now;
        return count;
    }

    /** Takes a sample; to be called every {@value #SECONDS} seconds. */
    public void sample() {
        for (int i = 0; i < samples.length; i++) {
            samples[i].add(nanos[i]);
        }
    }

    long invoked(final Process process) {
        return invoked[process.ordinal()];
    }

    long nanos(final Process process) {
        return nanos[process.ordinal()];
    }

    /** Percent of the last seconds that a process took; of all seconds so far if there were fewer. */
    double percent(final Process process, final int seconds) {
        final SampleRing ring = samples[process.ordinal()];
        final long intervals = Math.min(seconds / SECONDS, ring.taken());
        return intervals == 0 ? 0 : Math.min(100, ring.within((int) intervals) / (intervals * SECONDS * NANOS_A_SECOND) * 100);
    }

    /** Percent of the last seconds that all of them took. */
    double percent(final int seconds) {
        return Math.min(100, Arrays.stream(Process.values()).mapToDouble(each -> percent(each, seconds)).sum());
    }
}
