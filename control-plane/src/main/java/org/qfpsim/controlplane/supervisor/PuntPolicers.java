package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * The policers of the way to the control plane: {@code platform punt-policer} sets the rates in the datapath; {@link #rows} says what they
 * are and what they have done.
 */
public final class PuntPolicers {
    private final RoutedDatapath datapath;
    private final CounterReader counters;
    private final Map<PuntCause, Integer> normal = new EnumMap<>(PuntCause.class);
    private final Map<PuntCause, Integer> high = new EnumMap<>(PuntCause.class);

    /**
     * One queue of a punt cause.
     *
     * @param cause   the cause.
     * @param high    its high priority queue, which has the packets of IP precedence 6 and 7; otherwise the normal one.
     * @param rate    packets a second; 0: not policed.
     * @param burst   packets that may come at once after a pause: one second of the rate.
     * @param conform packets that were within the rate.
     * @param dropped packets that were not: PuntPerCausePolicerDrops.
     */
    public record Row(PuntCause cause, boolean high, int rate, int burst, long conform, long dropped) {
    }

    PuntPolicers(final RoutedDatapath datapath, final CounterReader counters) {
        this.datapath = datapath;
        this.counters = counters;
        for (final PuntCause cause : PuntCause.values()) {
            normal.put(cause, cause.startPps(false));
            high.put(cause, cause.startPps(true));
        }
    }

    /** Takes another configuration; only what has changed is told to the datapath. */
    void configure(final PlatformConfig config) {
        for (final PuntCause cause : PuntCause.values()) {
            set(normal, cause, false, config.punt().getOrDefault(cause, cause.startPps(false)));
            set(high, cause, true, config.puntHigh().getOrDefault(cause, cause.startPps(true)));
        }
    }

    private void set(final Map<PuntCause, Integer> rates, final PuntCause cause, final boolean queue, final int rate) {
        if (!Integer.valueOf(rate).equals(rates.put(cause, rate))) {
            datapath.policer(cause, queue, rate);
        }
    }

    /** Both queues of every cause, by the causes' numbers, the normal one first. */
    public List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        for (final PuntCause cause : PuntCause.values()) {
            rows.add(row(cause, false));
            rows.add(row(cause, true));
        }
        return rows;
    }

    /**
     * One queue.
     *
     * @param cause the cause.
     * @param queue true for the high priority queue.
     * @return what it is set to, and what it has counted so far.
     */
    public Row row(final PuntCause cause, final boolean queue) {
        final int rate = (queue ? high : normal).getOrDefault(cause, 0);
        return new Row(cause, queue, rate, rate, counters.puntConformed(cause.id(), queue), counters.puntPoliced(cause.id(), queue));
    }
}
