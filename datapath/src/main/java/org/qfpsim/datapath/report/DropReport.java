package org.qfpsim.datapath.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * One row for each (source, destination, protocol, SPI, reason) that lost packets: first and last time, packets, octets.
 *
 * <p>Bounded: when {@link #capacity} rows are taken, rows stay as they are and a new flow is summed in one row per reason that names no
 * flow ({@link Row#flow} is false). So an old black hole is never pushed out by a flood of new ones, and nothing goes uncounted.
 *
 * <p>It knows what gather drops. A frame that found every ring full never had a slot: the dispatcher counts it as TailDrop, without a row.
 *
 * <p>Written by gather; read when no packet is in flight, or with values that may be a batch old.
 */
public final class DropReport {
    private static final int SRC_HIGH = 0;
    private static final int SRC_LOW = 1;
    private static final int DST_HIGH = 2;
    private static final int DST_LOW = 3;
    private static final int SPI_REASON = 4;
    private static final int PROTOCOL = 5;
    private static final int FIRST = 6;
    private static final int LAST = 7;
    private static final int PACKETS = 8;
    private static final int OCTETS = 9;
    private static final int ROW = 10;

    private static final int NAMES_NO_FLOW = 1 << 16;

    private final long[] rows;
    private final int mask;
    private final int capacity;
    private int used;
    /** The row that counted last; row 0, which may be empty, before that. */
    private int last;

    /**
     * A row, copied out.
     *
     * @param flow        whether the row is of one flow; otherwise it sums the flows that found no room.
     * @param source      source, or null if the packet showed none.
     * @param destination destination, or null.
     * @param protocol    upper protocol, 0 to 255.
     * @param spi         SPI; 0 if there is none.
     * @param verdict     the drop, a {@code Verdict}.
     * @param firstNanos  time of the first drop.
     * @param lastNanos   time of the last.
     * @param packets     how many.
     * @param octets      of their frames.
     */
    public record Row(boolean flow, @Nullable IpAddress source,
                      @Nullable IpAddress destination, int protocol, int spi, int verdict,
                      long firstNanos, long lastNanos, long packets, long octets) {
    }

    /**
     * Makes an empty report.
     *
     * @param capacity rows of flows, a power of two from 16.
     */
    public DropReport(final int capacity) {
        if (capacity < 16 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("dropReportRows " + capacity + " is not a power of two from 16");
        }
        this.capacity = capacity;
        // Room for the rows without flow too, and for short probes.
        mask = Math.max(capacity * 2, 2048) - 1;
        rows = new long[(mask + 1) * ROW];
    }

    /** Rows of flows that fit. */
    public int capacity() {
        return capacity;
    }

    /**
     * Counts drops of packets in a row that differ in time and length only. Gather only.
     *
     * @param ring    the packet memory.
     * @param slot    the first packet.
     * @param verdict their drop.
     * @param packets how many.
     * @param octets  of their frames.
     * @param time    of the last one, in nanoseconds.
     */
    public void count(final PacketMemory ring, final long slot, final int verdict, final int packets, final long octets, final long time) {
        final int version = ring.getByte(slot + Slot.IP_VERSION);
        final boolean ip = version != 0;
        final long srcHigh = ip ? ring.getLong(slot + Slot.SRC_HIGH) : 0;
        final long srcLow = ip ? ring.getLong(slot + Slot.SRC_LOW) : 0;
        final long dstHigh = ip ? ring.getLong(slot + Slot.DST_HIGH) : 0;
        final long dstLow = ip ? ring.getLong(slot + Slot.DST_LOW) : 0;
        final long reason = (long) ring.getInt(slot + Slot.SPI) << 32 | verdict;
        final long protocol = version << 8 | (ip ? ring.getByte(slot + Slot.PROTOCOL) & 0xff : 0);
        // Losses come in rows of one flow: the row of the last one is tried first.
        int row = is(last, srcHigh, srcLow, dstHigh, dstLow, reason, protocol) ? last
            : find(srcHigh, srcLow, dstHigh, dstLow, reason, protocol);
        if (rows[row + PACKETS] == 0 && used >= capacity) {
            row = find(0, 0, 0, 0, verdict, NAMES_NO_FLOW);
            if (rows[row + PACKETS] == 0) {
                fill(row, 0, 0, 0, 0, verdict, NAMES_NO_FLOW, ring.getLong(slot + Slot.TIME));
            }
        } else if (rows[row + PACKETS] == 0) {
            used++;
            fill(row, srcHigh, srcLow, dstHigh, dstLow, reason, protocol, ring.getLong(slot + Slot.TIME));
        }
        last = row;
        rows[row + LAST] = time;
        rows[row + PACKETS] += packets;
        rows[row + OCTETS] += octets;
    }

    private int find(final long srcHigh, final long srcLow, final long dstHigh, final long dstLow, final long reason, final long protocol) {
        long hash = srcLow * 31 + dstLow;
        hash = (hash ^ srcHigh * 17 ^ dstHigh) * 31 + reason + protocol;
        int i = (int) (hash * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
        while (true) {
            final int row = i * ROW;
            if (rows[row + PACKETS] == 0 || is(row, srcHigh, srcLow, dstHigh, dstLow, reason, protocol)) {
                return row;
            }
            i = i + 1 & mask;
        }
    }

    private boolean is(final int row, final long srcHigh, final long srcLow, final long dstHigh, final long dstLow, final long reason,
                       final long protocol) {
        return rows[row + SRC_LOW] == srcLow && rows[row + SPI_REASON] == reason && rows[row + DST_LOW] == dstLow
            && rows[row + SRC_HIGH] == srcHigh && rows[row + DST_HIGH] == dstHigh && rows[row + PROTOCOL] == protocol;
    }

    private void fill(final int row, final long srcHigh, final long srcLow, final long dstHigh, final long dstLow, final long reason,
                      final long protocol, final long time) {
        rows[row + SRC_HIGH] = srcHigh;
        rows[row + SRC_LOW] = srcLow;
        rows[row + DST_HIGH] = dstHigh;
        rows[row + DST_LOW] = dstLow;
        rows[row + SPI_REASON] = reason;
        rows[row + PROTOCOL] = protocol;
        rows[row + FIRST] = time;
    }

    /**
     * Copies the report.
     *
     * @return rows, most packets first, rows without flow last; equal counts in the order of first occurrence.
     */
    public List<Row> snapshot() {
        final List<Row> copy = new ArrayList<>();
        for (int row = 0; row < rows.length; row += ROW) {
            if (rows[row + PACKETS] != 0) {
                copy.add(copy(row));
            }
        }
        copy.sort(Comparator.comparing(Row::flow).reversed()
            .thenComparing(Comparator.comparingLong(Row::packets).reversed())
            .thenComparingLong(Row::firstNanos).thenComparingInt(Row::verdict)
            .thenComparing(row -> Integer.toUnsignedLong(row.spi())));
        return copy;
    }

    private Row copy(final int row) {
        final int version = (int) (rows[row + PROTOCOL] >>> 8) & 0xff;
        final boolean v6 = version == 6;
        return new Row(rows[row + PROTOCOL] != NAMES_NO_FLOW,
            version == 0 ? null : new IpAddress(v6, rows[row + SRC_HIGH], rows[row + SRC_LOW]),
            version == 0 ? null : new IpAddress(v6, rows[row + DST_HIGH], rows[row + DST_LOW]),
            (int) rows[row + PROTOCOL] & 0xff, (int) (rows[row + SPI_REASON] >>> 32), (int) rows[row + SPI_REASON],
            rows[row + FIRST], rows[row + LAST], rows[row + PACKETS], rows[row + OCTETS]);
    }
}
