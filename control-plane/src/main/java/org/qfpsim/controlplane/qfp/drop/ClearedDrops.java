package org.qfpsim.controlplane.qfp.drop;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.show.Clearing;
import org.qfpsim.datapath.counters.CounterLayout;
import org.qfpsim.datapath.counters.DropCounters;

/**
 * Drop counters since they were last cleared. A counter has one writer, the datapath, so clearing it is a baseline that is subtracted here;
 * whoever reads the counters' memory itself sees them since the start. The global table and that of the IPsec feature are cleared apart.
 */
public final class ClearedDrops implements DropCounters, Clearing.Source {
    private final DropCounters counters;
    private final Supplier<Instant> clock;
    private final long[] packets = new long[CounterLayout.GLOBAL_DROPS];
    private final long[] octets = new long[CounterLayout.GLOBAL_DROPS];
    private final long[] ipsec = new long[CounterLayout.IPSEC_DROPS];
    private @Nullable Instant cleared;

    /**
     * Counters that were never cleared.
     *
     * @param counters since the start.
     * @param clock    the time of day on the router's clock, as if its zone were UTC: ctime prints no zone.
     */
    public ClearedDrops(final DropCounters counters, final Supplier<Instant> clock) {
        this.counters = counters;
        this.clock = clock;
    }

    @Override
    public long globalPackets(final int id) {
        return counters.globalPackets(id) - packets[id];
    }

    @Override
    public long globalOctets(final int id) {
        return counters.globalOctets(id) - octets[id];
    }

    @Override
    public long ipsecPackets(final int id) {
        return counters.ipsecPackets(id) - ipsec[id];
    }

    @Override
    public @Nullable Clearing last() {
        final Instant at = cleared;
        if (at == null) {
            return null;
        }
        final Instant now = clock.get();
        return new Clearing(at, now.isBefore(at) ? at : now);
    }

    /**
     * Clears the global table.
     *
     * @return the time of it.
     */
    Instant clearGlobal() {
        for (int id = 0; id < packets.length; id++) {
            packets[id] = counters.globalPackets(id);
            octets[id] = counters.globalOctets(id);
        }
        final Instant now = clock.get();
        cleared = now;
        return now;
    }

    /** The router's time. */
    Instant now() {
        return clock.get();
    }

    /** Clears the table of the IPsec feature. */
    void clearIpsec() {
        for (int id = 0; id < ipsec.length; id++) {
            ipsec[id] = counters.ipsecPackets(id);
        }
    }
}
