package org.qfpsim.datapath.route;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Net;

/**
 * What came in and went out by one interface, for as long as the router runs; of a tunnel the packets inside it. Written by gather, read by
 * any thread; what is read belongs to the last batch or two. Priority are IP packets of precedence 6 and 7 (DSCP CS6 and CS7), by the outer
 * header.
 */
public final class PortCounters {
    private static final int CACHE_LINE = 64;
    private static final int ETHERNET = 14;
    private static final int PRECEDENCE_6 = 6;
    private static final int GROUP_BIT = 40;
    private static final long ALL_STATIONS = 0xffff_ffff_ffffL;

    private final UnsafeBuffer buffer;
    private final long base;

    /** What is counted. */
    public enum Column {
        /** Frames that came in, lost ones too. */
        RX_PACKETS,
        /** Their octets, without the FCS. */
        RX_OCTETS,
        /** Priority frames among those that came in. */
        RX_PRIORITY_PACKETS,
        /** Their octets. */
        RX_PRIORITY_OCTETS,
        /** Packets that came in here and were lost, wherever that was; not those of which the way out took no more. */
        RX_DROPS,
        /** Frames that went out. */
        TX_PACKETS,
        /** Their octets, without the FCS. */
        TX_OCTETS,
        /** Priority frames among those that went out. */
        TX_PRIORITY_PACKETS,
        /** Their octets. */
        TX_PRIORITY_OCTETS,
        /** Packets that were lost because the way out here took no more. */
        TX_DROPS,
        /** Frames for all stations among those that came in. */
        RX_BROADCASTS,
        /** Frames for a group of stations among those that came in. */
        RX_MULTICASTS,
        /** Frames among those that came in that were too short for an Ethernet header. */
        RX_SHORT,
        /** When the last one came in, nanoseconds; of no meaning before the first. */
        RX_NANOS,
        /** When the last one went out, nanoseconds; of no meaning before the first. */
        TX_NANOS,
        /** Frames that were lost before they came in, because nobody took them from the machine's interface in time. */
        RX_OVERRUNS,
        /** Frames among those that went out that the machine's interface has not sent. */
        TX_ERRORS
    }

    PortCounters() {
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(3 * CACHE_LINE, CACHE_LINE));
        base = buffer.addressOffset();
    }

    /**
     * Whether an Ethernet frame carries a packet of priority.
     *
     * @param memory where it is.
     * @param frame  its first octet.
     * @param length octets that are there.
     * @return true for IP precedence 6 and 7 (RFC 791 section 3.1; RFC 8200 section 7 for the same bits of IPv6).
     */
    static boolean isPriorityFrame(final DirectBuffer memory, final int frame, final int length) {
        if (length < ETHERNET + 2) {
            return false;
        }
        final int type = Net.u16(memory, frame + ETHERNET - 2);
        return (type == Net.ETHERTYPE_IPV4 || type == Net.ETHERTYPE_IPV6) && isPriority(memory, frame + ETHERNET);
    }

    /** The same for an IP packet of at least two octets. */
    static boolean isPriority(final DirectBuffer memory, final int packet) {
        final int start = Net.u16(memory, packet);
        return (start >>> 12 == 4 ? start >>> 5 & 7 : start >>> 9 & 7) >= PRECEDENCE_6;
    }

    void received(final boolean priority, final int octets) {
        add(Column.RX_PACKETS, 1);
        add(Column.RX_OCTETS, octets);
        if (priority) {
            add(Column.RX_PRIORITY_PACKETS, 1);
            add(Column.RX_PRIORITY_OCTETS, octets);
        }
    }

    void sent(final boolean priority, final int octets) {
        add(Column.TX_PACKETS, 1);
        add(Column.TX_OCTETS, octets);
        if (priority) {
            add(Column.TX_PRIORITY_PACKETS, 1);
            add(Column.TX_PRIORITY_OCTETS, octets);
        }
    }

    void lost(final boolean onTheWayOut) {
        add(onTheWayOut ? Column.TX_DROPS : Column.RX_DROPS, 1);
    }

    /**
     * The machine's interface has lost frames; at rest.
     *
     * @param overruns that nobody has taken.
     * @param errors   that it has not sent.
     */
    public void lostOutside(final long overruns, final long errors) {
        add(Column.RX_OVERRUNS, overruns);
        add(Column.TX_ERRORS, errors);
    }

    /** When the frame came in, and whom it was for: the first six octets of a frame, or -1 if it is too short. */
    void heard(final long nanos, final long destination) {
        set(Column.RX_NANOS, nanos);
        if (destination < 0) {
            add(Column.RX_SHORT, 1);
        } else if ((destination >>> GROUP_BIT & 1) != 0) {
            add(destination == ALL_STATIONS ? Column.RX_BROADCASTS : Column.RX_MULTICASTS, 1);
        }
    }

    /**
     * Frames came in for this station alone, and were lost here.
     *
     * @param priority whether they carry packets of priority.
     * @param frames   how many.
     * @param octets   of all of them.
     * @param nanos    when the last one came in.
     */
    void receivedAndLost(final boolean priority, final int frames, final long octets, final long nanos) {
        add(Column.RX_PACKETS, frames);
        add(Column.RX_OCTETS, octets);
        if (priority) {
            add(Column.RX_PRIORITY_PACKETS, frames);
            add(Column.RX_PRIORITY_OCTETS, octets);
        }
        add(Column.RX_DROPS, frames);
        set(Column.RX_NANOS, nanos);
    }

    /** A packet came in by a tunnel. */
    void unwrapped(final boolean priority, final int octets, final long nanos) {
        received(priority, octets);
        set(Column.RX_NANOS, nanos);
    }

    /** When the last frame went out. */
    void told(final long nanos) {
        set(Column.TX_NANOS, nanos);
    }

    private void set(final Column column, final long value) {
        UnsafeApi.putLong(base + (column.ordinal() << 3), value);
    }

    private void add(final Column column, final long count) {
        final long address = base + (column.ordinal() << 3);
        UnsafeApi.putLong(address, UnsafeApi.getLong(address) + count);
    }

    /**
     * A count since the router started.
     *
     * @param column which.
     * @return packets or octets.
     */
    public long get(final Column column) {
        return buffer.getLongVolatile(column.ordinal() << 3);
    }
}
