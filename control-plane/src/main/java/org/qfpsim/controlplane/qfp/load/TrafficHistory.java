package org.qfpsim.controlplane.qfp.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.qfpsim.controlplane.qfp.SampleRing;
import org.qfpsim.datapath.route.PortCounters.Column;

/**
 * Samples of what came into each QFP and left it, five seconds apart (CISCO-ENTITY-QFP-MIB): one, five and sixty minutes are the moving
 * averages of 12, 60 and 720 of them; of as many as there are soon after the start.
 */
public final class TrafficHistory {
    /** Seconds between two samples. */
    public static final int SECONDS = 5;
    /** Samples of the columns that the platform prints: 5 s, 1, 5 and 60 minutes. */
    static final List<Integer> WINDOWS = List.of(1, 12, 60, 720);

    private static final int MOST = 720;
    private static final double PERCENT = 100;
    private static final double NANOS_A_SECOND = 1e9;
    private static final List<Column> COLUMNS = List.of(Column.RX_PACKETS, Column.RX_OCTETS, Column.RX_PRIORITY_PACKETS,
        Column.RX_PRIORITY_OCTETS, Column.TX_PACKETS, Column.TX_OCTETS, Column.TX_PRIORITY_PACKETS, Column.TX_PRIORITY_OCTETS);

    private final Source source;
    private final List<Map<Column, SampleRing>> traffic;
    private final SampleRing busy = new SampleRing(MOST);
    private final SampleRing[] crypto = {new SampleRing(MOST), new SampleRing(MOST)};

    /** Where counts come from, since the start. */
    public interface Source {
        /**
         * What the interfaces of a QFP have counted.
         *
         * @param qfp    from 0.
         * @param column what.
         * @return packets or octets.
         */
        long traffic(int qfp, Column column);

        /** ESP packets opened. */
        long decrypted();

        /** ESP packets sealed. */
        long encrypted();

        /** Nanoseconds that the engines have worked; empty where time is virtual, and nothing can be measured. */
        OptionalLong busyNanos();
    }

    /**
     * A history that begins now.
     *
     * @param qfps   how many.
     * @param source of its samples.
     */
    public TrafficHistory(final int qfps, final Source source) {
        this.source = source;
        traffic = Stream.generate(TrafficHistory::rings).limit(qfps).toList();
    }

    private static Map<Column, SampleRing> rings() {
        final Map<Column, SampleRing> rings = new EnumMap<>(Column.class);
        COLUMNS.forEach(column -> rings.put(column, new SampleRing(MOST)));
        return rings;
    }

    /** Takes a sample; to be called every {@link #SECONDS} seconds. */
    public void sample() {
        for (int i = 0; i < traffic.size(); i++) {
            final int qfp = i;
            traffic.get(qfp).forEach((column, ring) -> ring.add(source.traffic(qfp, column)));
        }
        crypto[0].add(source.decrypted());
        crypto[1].add(source.encrypted());
        busy.add(source.busyNanos().orElse(0));
    }

    /** Whether the time that engines work is measured. */
    public boolean isMeasured() {
        return source.busyNanos().isPresent();
    }

    /** Percent of the time of a number of samples in which the engines worked, as measured. */
    double busyPercent(final int samples) {
        return Math.min(PERCENT, rate(busy, samples) / NANOS_A_SECOND * PERCENT);
    }

    /** Samples so far, as far as they are kept. */
    int taken() {
        return (int) Math.min(MOST, busy.taken());
    }

    int qfps() {
        return traffic.size();
    }

    /** Packets or octets a second of a QFP, over a number of samples. */
    double perSecond(final int qfp, final Column column, final int samples) {
        return rate(Objects.requireNonNull(traffic.get(qfp).get(column)), samples);
    }

    /** ESP packets a second of all QFPs, over a number of samples. */
    double cryptoPerSecond(final int samples) {
        return rate(crypto[0], samples) + rate(crypto[1], samples);
    }

    private static double rate(final SampleRing ring, final int samples) {
        final long there = Math.min(samples, ring.taken());
        return there == 0 ? 0 : (double) ring.within(samples) / (there * SECONDS);
    }

    /**
     * ESP packets that were opened lately.
     *
     * @param samples how many samples back.
     * @return packets.
     */
    public long decrypted(final int samples) {
        return crypto[0].within(samples);
    }

    /**
     * ESP packets that were sealed lately.
     *
     * @param samples how many samples back.
     * @return packets.
     */
    public long encrypted(final int samples) {
        return crypto[1].within(samples);
    }
}
