package org.qfpsim.controlplane.qfp.drop;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.qfp.SampleRing;
import org.qfpsim.datapath.counters.CounterLayout;
import org.qfpsim.datapath.counters.DropCounters;

/** How many packets each global drop has counted lately. Only drops that have occurred take memory. */
public final class DropHistory {
    /** Samples in a minute. */
    static final int MINUTE = 12;
    private static final int MOST = 30 * MINUTE;

    private final DropCounters counters;
    private final @Nullable SampleRing[] rings = new @Nullable SampleRing[CounterLayout.GLOBAL_DROPS];

    /**
     * A history that begins now.
     *
     * @param counters since the start.
     */
    public DropHistory(final DropCounters counters) {
        this.counters = counters;
    }

    /** Takes a sample; to be called every five seconds. */
    public void sample() {
        for (int id = 0; id < rings.length; id++) {
            final long now = counters.globalPackets(id);
            SampleRing ring = rings[id];
            if (ring == null && now != 0) {
                ring = new SampleRing(MOST);
                // It was 0 at the sample before this one, and at all before that.
                ring.add(0);
                rings[id] = ring;
            }
            if (ring != null) {
                ring.add(now);
            }
        }
    }

    /**
     * Packets of late.
     *
     * @param id      drop ID.
     * @param minutes up to 30.
     * @return packets in the minutes before the last sample and since, whether counters were cleared or not.
     */
    long within(final int id, final int minutes) {
        final SampleRing ring = rings[id];
        return counters.globalPackets(id) - (ring == null ? 0 : ring.before(minutes * MINUTE));
    }
}
