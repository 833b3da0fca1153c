package org.qfpsim.controlplane.supervisor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.drop.GlobalDrop;

/**
 * {@code platform qfp drops threshold}: every minute the counters say how many packets a second were dropped in it; a cause, or all drops
 * together, above its threshold is a message, when it rises above it and again for each further minute; back below it, it may do so anew.
 *
 * <p>The interval is from memory of the platform's guide, the message is in the manner of its load messages (MODEL.md).
 */
final class DropAlarms {
    /** Over which a rate is measured. */
    static final long INTERVAL = 60_000_000_000L;

    private static final int SECONDS = (int) (INTERVAL / 1_000_000_000L);
    /** No drop has this number: all of them together. */
    private static final int TOTAL = 0;
    private static final String FACILITY = "IOSXE_QFP";
    private static final int WARNING = 4;

    private final Timers timers;
    private final EventLog log;
    private final CounterReader counters;
    private final Map<Integer, Long> before = new HashMap<>();
    private final Set<Integer> above = new HashSet<>();
    private Map<Integer, Integer> thresholds = Map.of();
    private Timers.@Nullable Timer timer;

    DropAlarms(final Timers timers, final EventLog log, final CounterReader counters) {
        this.timers = timers;
        this.log = log;
        this.counters = counters;
    }

    /** Takes another configuration: what has a new threshold is measured from now on. */
    void configure(final PlatformConfig config) {
        final Map<Integer, Integer> next = new TreeMap<>(config.dropThresholds());
        if (config.totalThreshold() != null) {
            next.put(TOTAL, config.totalThreshold());
        }
        if (next.equals(thresholds)) {
            return;
        }
        before.keySet().retainAll(next.keySet());
        above.retainAll(next.keySet());
        next.keySet().stream().filter(id -> !before.containsKey(id)).forEach(id -> before.put(id, packets(id)));
        thresholds = next;
        if (timer != null && next.isEmpty()) {
            timer.cancel();
            timer = null;
        } else if (timer == null && !next.isEmpty()) {
            timer = timers.after(INTERVAL, this::measure);
        }
    }

    private long packets(final int id) {
        return id == TOTAL ? counters.dropped() : counters.globalPackets(id);
    }

    private void measure() {
        timer = timers.after(INTERVAL, this::measure);
        thresholds.forEach((id, threshold) -> {
            final long now = packets(id);
            final Long then = before.put(id, now);
            final long dropped = now - (then == null ? now : then);
            final long rate = dropped / SECONDS;
            if (dropped > (long) threshold * SECONDS) {
                above.add(id);
                log.message(FACILITY, WARNING, "DROP_EXCEED", "Slot: 0, QFP:0, " + name(id) + " " + rate
                    + " pps exceeds the setting threshold " + threshold + " pps.");
            } else if (above.remove(id)) {
                log.message(FACILITY, WARNING, "DROP_RECOVER", "Slot: 0, QFP:0, " + name(id) + " " + rate + " pps recovered.");
            }
        });
    }

    private static String name(final int id) {
        if (id == TOTAL) {
            return "Total drops";
        }
        final @Nullable GlobalDrop drop = GlobalDrop.byId(id);
        return "Drop " + id + (drop == null ? "" : " (" + drop.cliName() + ")");
    }
}
