package org.qfpsim.controlplane.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.route.PortCounters;
import org.qfpsim.datapath.route.PortCounters.Column;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * What {@code show interfaces} tells of traffic: counts since {@code clear counters}, and rates.
 *
 * <p>A rate is an average that forgets: each 5 seconds, the rate of these 5 seconds counts for 1 - e^(-5/300), what was before for the
 * rest. While nothing is received or sent no timer runs; the intervals without traffic are made good when the rate is asked for.
 */
public final class InterfaceStatistics {
    /** Time between two looks at the counters. */
    public static final long INTERVAL_NANOS = 5_000_000_000L;

    /** Nothing has happened yet. */
    static final long NEVER = Long.MIN_VALUE;

    private static final List<Column> RATED = List.of(Column.RX_PACKETS, Column.RX_OCTETS, Column.TX_PACKETS, Column.TX_OCTETS);
    private static final double INTERVAL_SECONDS = 5;
    private static final double KEPT = Math.exp(-INTERVAL_SECONDS / 300);
    private static final int BITS = 8;

    private final RoutedDatapath datapath;
    private final Timers timers;
    private final LongSupplier activity;
    private final List<Port> ports = new ArrayList<>();
    private Timers.@Nullable Timer timer;
    private long sampledNanos;
    private long sampledActivity;

    /** What is remembered of an interface. */
    private static final class Port {
        private final PortCounters counters;
        private final long[] cleared = new long[Column.values().length];
        private final long[] sampled = new long[Column.values().length];
        private final double[] rates = new double[Column.values().length];
        private long clearedNanos = NEVER;

        Port(final PortCounters counters) {
            this.counters = counters;
        }

        void sample(final Column column, final double kept) {
            final int i = column.ordinal();
            final long now = counters.get(column);
            rates[i] = rates[i] * kept + (now - sampled[i]) / INTERVAL_SECONDS * (1 - KEPT);
            sampled[i] = now;
        }
    }

    /**
     * Makes it.
     *
     * @param datapath whose interfaces.
     * @param timers   the time.
     * @param activity grows whenever a packet came in or was made.
     */
    public InterfaceStatistics(final RoutedDatapath datapath, final Timers timers, final LongSupplier activity) {
        this.datapath = datapath;
        this.timers = timers;
        this.activity = activity;
        sampledNanos = timers.nanos();
    }

    /** To be called after packets have passed: looks at the counters at the end of this interval. */
    public void work() {
        if (timer == null && activity.getAsLong() != sampledActivity) {
            final long next = (timers.nanos() / INTERVAL_NANOS + 1) * INTERVAL_NANOS;
            timer = timers.after(next - timers.nanos(), this::sample);
        }
    }

    private void sample() {
        final long intervals = Math.max(1, Math.ceilDiv(timers.nanos() - sampledNanos, INTERVAL_NANOS));
        final double kept = Math.pow(KEPT, intervals);
        timer = null;
        sampledNanos = timers.nanos();
        sampledActivity = activity.getAsLong();
        for (int i = 0; i < datapath.configuration().interfaces().size(); i++) {
            final Port port = port(i);
            RATED.forEach(column -> port.sample(column, kept));
        }
    }

    private Port port(final int index) {
        while (ports.size() <= index) {
            ports.add(new Port(datapath.portCounters(ports.size())));
        }
        return ports.get(index);
    }

    /**
     * A count since it was last cleared.
     *
     * @param index  of the interface.
     * @param column what.
     * @return packets or octets.
     */
    public long count(final int index, final Column column) {
        final Port port = port(index);
        return port.counters.get(column) - port.cleared[column.ordinal()];
    }

    /** When something last came or went, by the column that counts it and the one with the time; {@link #NEVER} if it never did. */
    long last(final int index, final Column counted, final Column time) {
        final PortCounters counters = port(index).counters;
        return counters.get(counted) == 0 ? NEVER : counters.get(time);
    }

    /**
     * The average of about five minutes.
     *
     * @param index  of the interface.
     * @param column packets or octets, received or sent.
     * @return a second: packets, or bits.
     */
    public long rate(final int index, final Column column) {
        final long idle = (timers.nanos() - sampledNanos) / INTERVAL_NANOS;
        final double rate = port(index).rates[column.ordinal()] * Math.pow(KEPT, idle);
        return Math.round(column == Column.RX_OCTETS || column == Column.TX_OCTETS ? rate * BITS : rate);
    }

    /**
     * {@code clear counters}: counts begin at 0 again, rates go on.
     *
     * @param index of the interface.
     */
    public void clear(final int index) {
        final Port port = port(index);
        for (final Column column : Column.values()) {
            port.cleared[column.ordinal()] = port.counters.get(column);
        }
        port.clearedNanos = timers.nanos();
    }

    /** When it was last cleared; {@link #NEVER} if it never was. */
    long cleared(final int index) {
        return port(index).clearedNanos;
    }
}
