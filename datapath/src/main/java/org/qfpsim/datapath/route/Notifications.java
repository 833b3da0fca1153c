package org.qfpsim.datapath.route;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * From gather to the control plane: what happened, counted by what it was about. A bounded table in sets of {@value #WAYS} rows; a new
 * entry takes the place of the one in its set that was silent longest and whose count was told. If all rows of a set still wait to be told,
 * packets count in one common row, {@link Notification.Kind#OVERFLOW}: none is forgotten, and nothing grows.
 *
 * <p>A row is in the queue once at most, so the queue, which is as long as the table, is never full. Row:
 * <pre>
 *    0 state (8): 0 idle, 1 queued or being read by the control thread, 2 being filled by gather
 *    8 packets (8), gather      16 packets told (8), control thread
 *   24 kind (2), IP version (2), protocol (4)      32 SPI (4), ports (4)      40 interface (4), flow (4)
 *   48 source (16)   64 destination (16)   80 first (8)   88 last (8)   96 sequence number (8)
 * </pre>
 */
public final class Notifications {
    private static final int WAYS = 4;
    private static final int ROW_SHIFT = 7;
    private static final int TOTAL = 8;
    private static final int TOLD = 16;
    private static final int META = 24;
    private static final int SPI = 32;
    private static final int PLACE = 40;
    private static final int SOURCE = 48;
    private static final int DESTINATION = 64;
    private static final int FIRST = 80;
    private static final int LAST = 88;
    private static final int SEQUENCE = 96;
    private static final long IDLE = 0;
    private static final long QUEUED = 1;
    private static final long FILLING = 2;

    private static final Notification.Kind[] KINDS = Notification.Kind.values();

    private final UnsafeBuffer rows;
    private final int setMask;
    private final int overflow;
    private final int[] queue;
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();

    /**
     * Makes an empty table.
     *
     * @param capacity rows, a power of two from 16.
     */
    public Notifications(final int capacity) {
        setMask = capacity / WAYS - 1;
        overflow = capacity << ROW_SHIFT;
        rows = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity + 1 << ROW_SHIFT, 64));
        queue = new int[capacity * 2];
    }

    /** What a notification is about; filled anew for each. Gather only. */
    static final class Subject {
        boolean v6;
        long srcHigh;
        long srcLow;
        long dstHigh;
        long dstLow;
        int protocol;
        int spi;
        /** Source port &lt;&lt; 16 | destination port. */
        int ports;
        int port;
        int flow;
        long sequence;
    }

    /** Counts an event that happened once; parameters as below. Gather only. */
    void count(final Notification.Kind kind, final Subject about, final long nanos) {
        count(kind, about, nanos, 1);
    }

    /**
     * Counts an event. Gather only.
     *
     * @param kind    what happened.
     * @param about   to whom.
     * @param nanos   when, for the last time.
     * @param packets how often in a row.
     */
    void count(final Notification.Kind kind, final Subject about, final long nanos, final int packets) {
        final long meta = kind.ordinal() | (about.v6 ? 6L : 4L) << 16 | (long) about.protocol << 32;
        final long spi = about.spi & 0xffff_ffffL | (long) about.ports << 32;
        final long place = about.port & 0xffff_ffffL | (long) about.flow << 32;
        long hash = about.srcLow * 31 + about.dstLow;
        hash = (hash ^ about.srcHigh * 17 ^ about.dstHigh) * 31 + spi + meta * 7 + place;
        final int set = (int) (hash * 0x9E37_79B9_7F4A_7C15L >>> 32) & setMask;
        int row = find(set, about, meta, spi, place);
        if (row < 0) {
            row = take(set);
            if (row < 0) {
                bump(overflow, nanos, 0, packets);
                return;
            }
            fill(row, about, meta, spi, place, nanos);
        }
        bump(row, nanos, about.sequence, packets);
    }

    private int find(final int set, final Subject about, final long meta, final long spi, final long place) {
        for (int i = 0; i < WAYS; i++) {
            final int row = set * WAYS + i << ROW_SHIFT;
            if (rows.getLong(row + META) == meta && rows.getLong(row + SPI) == spi && rows.getLong(row + PLACE) == place
                && rows.getLong(row + SOURCE + 8) == about.srcLow && rows.getLong(row + DESTINATION + 8) == about.dstLow
                && rows.getLong(row + SOURCE) == about.srcHigh && rows.getLong(row + DESTINATION) == about.dstHigh
                && rows.getLong(row + TOTAL) != 0) {
                return row;
            }
        }
        return -1;
    }

    /** Takes the row of a set that was silent longest among those that owe nothing; -1 if all do. */
    private int take(final int set) {
        int victim = -1;
        for (int i = 0; i < WAYS; i++) {
            final int row = set * WAYS + i << ROW_SHIFT;
            // An idle row may still owe something: counted while it was told, and about to be told again.
            if (rows.getLongVolatile(row) == IDLE && rows.getLong(row + TOTAL) == rows.getLong(row + TOLD)
                && (victim < 0 || rows.getLong(row + LAST) < rows.getLong(victim + LAST))) {
                victim = row;
            }
        }
        return victim >= 0 && rows.compareAndSetLong(victim, IDLE, FILLING) ? victim : -1;
    }

    private void fill(final int row, final Subject about, final long meta, final long spi, final long place, final long nanos) {
        rows.putLong(row + TOTAL, 0);
        rows.putLong(row + TOLD, 0);
        rows.putLong(row + META, meta);
        rows.putLong(row + SPI, spi);
        rows.putLong(row + PLACE, place);
        rows.putLong(row + SOURCE, about.srcHigh);
        rows.putLong(row + SOURCE + 8, about.srcLow);
        rows.putLong(row + DESTINATION, about.dstHigh);
        rows.putLong(row + DESTINATION + 8, about.dstLow);
        rows.putLong(row + FIRST, nanos);
        rows.putLongVolatile(row, IDLE);
    }

    private void bump(final int row, final long nanos, final long sequence, final int packets) {
        if (rows.getLong(row + TOTAL) == 0) {
            rows.putLong(row + FIRST, nanos);
        }
        rows.putLong(row + LAST, nanos);
        rows.putLong(row + SEQUENCE, sequence);
        // Before the state is looked at: the control thread looks the other way round.
        rows.putLongVolatile(row + TOTAL, rows.getLong(row + TOTAL) + packets);
        if (rows.getLongVolatile(row) == IDLE && rows.compareAndSetLong(row, IDLE, QUEUED)) {
            final long at = tail.getPlain();
            queue[(int) at & queue.length - 1] = row;
            tail.setRelease(at + 1);
        }
    }

    /**
     * Hands over what was not told yet. Control thread.
     *
     * @param handler takes it.
     * @param limit   most notifications.
     * @return how many.
     */
    public int drain(final Consumer<Notification> handler, final int limit) {
        int told = 0;
        for (; told < limit; told++) {
            final long at = head.getPlain();
            if (at == tail.getAcquire()) {
                break;
            }
            final int row = queue[(int) at & queue.length - 1];
            head.setRelease(at + 1);
            tell(row, handler);
        }
        return told;
    }

    private void tell(final int row, final Consumer<Notification> handler) {
        do {
            final long total = rows.getLongVolatile(row + TOTAL);
            final Notification notification = read(row, total - rows.getLong(row + TOLD));
            rows.putLong(row + TOLD, total);
            rows.putLongVolatile(row, IDLE);
            if (notification.count() != 0) {
                handler.accept(notification);
            }
            if (rows.getLongVolatile(row + TOTAL) == total) {
                return;
            }
            // Counted in between, and gather may have found the row busy: then it is ours to tell.
        } while (rows.compareAndSetLong(row, IDLE, QUEUED));
    }

    private Notification read(final int row, final long count) {
        if (row == overflow) {
            final IpAddress nobody = IpAddress.v4(0);
            return new Notification(Notification.Kind.OVERFLOW, nobody, nobody, 0, 0, 0, 0, RoutedConfig.NO_INTERFACE,
                RoutedConfig.NO_FLOW, count, rows.getLong(row + FIRST), rows.getLong(row + LAST), 0);
        }
        final long meta = rows.getLong(row + META);
        final boolean v6 = (meta >>> 16 & 0xffff) == 6;
        final long spi = rows.getLong(row + SPI);
        final long place = rows.getLong(row + PLACE);
        return new Notification(KINDS[(int) meta & 0xffff], address(row + SOURCE, v6), address(row + DESTINATION, v6),
            (int) (meta >>> 32), (int) spi, (int) (spi >>> 48), (int) (spi >>> 32) & 0xffff, (int) place, (int) (place >>> 32), count,
            rows.getLong(row + FIRST), rows.getLong(row + LAST), rows.getLong(row + SEQUENCE));
    }

    private IpAddress address(final int at, final boolean v6) {
        return new IpAddress(v6, rows.getLong(at), rows.getLong(at + 8));
    }
}
