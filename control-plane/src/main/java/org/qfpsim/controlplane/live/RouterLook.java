package org.qfpsim.controlplane.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.datapath.route.PortCounters.Column;

/**
 * One look at a router.
 *
 * @param name         its host name, or its counters file.
 * @param platform     key of its platform.
 * @param release      what it runs; empty if that is not known.
 * @param process      number of the process.
 * @param startedNanos when it was started; another one means that its counters began at 0 again.
 * @param nanos        when, on the same clock.
 * @param time         the time of day there; empty if it has none.
 * @param counters     since the start.
 * @param interfaces   in the order of their numbers; none where they are not known.
 * @param load         of the last five seconds; null if nothing is known of it.
 * @param unknownSpis  those with most packets, the first one first, at most {@link #MAX_SPIS}.
 * @param spiPackets   packets of all unknown SPIs that the control plane was told of.
 * @param events       the last ones of the log and of IKE, the oldest first, at most {@link #MAX_EVENTS}.
 * @param logged       lines that the log has taken.
 */
public record RouterLook(String name, String platform, String release, long process, long startedNanos, long nanos, String time,
                         CounterLook counters, List<Interface> interfaces, @Nullable Load load, List<UnknownSpi> unknownSpis,
                         long spiPackets, List<Event> events, long logged) {
    /** Unknown SPIs in a look. */
    public static final int MAX_SPIS = 20;
    /** Events in a look. */
    public static final int MAX_EVENTS = 100;

    /**
     * What came and went by an interface since the start.
     *
     * @param name   of it.
     * @param counts by {@link Count}.
     */
    public record Interface(String name, Map<Count, Long> counts) {
    }

    /** What is counted of an interface, as {@code show interfaces} has it. */
    public enum Count {
        /** Frames that came in. */
        INPUT_PACKETS(Column.RX_PACKETS),
        /** Their octets. */
        INPUT_OCTETS(Column.RX_OCTETS),
        /** Packets that came in here and were lost. */
        INPUT_DROPS(Column.RX_DROPS),
        /** Frames that nobody took from the machine's interface in time. */
        OVERRUNS(Column.RX_OVERRUNS),
        /** Frames that went out. */
        OUTPUT_PACKETS(Column.TX_PACKETS),
        /** Their octets. */
        OUTPUT_OCTETS(Column.TX_OCTETS),
        /** Packets of which the way out took no more. */
        OUTPUT_DROPS(Column.TX_DROPS),
        /** Frames that the machine's interface has not sent. */
        OUTPUT_ERRORS(Column.TX_ERRORS);

        private final Column column;

        Count(final Column column) {
            this.column = column;
        }

        /** Where the datapath counts it. */
        Column column() {
            return column;
        }
    }

    /**
     * Packets whose SA is not here.
     *
     * @param source      the sender.
     * @param destination our address.
     * @param spi         in hexadecimal.
     * @param packets     how many.
     * @param lastNanos   when the last one was told of.
     * @param reading     what it means, as far as this router can tell.
     */
    public record UnknownSpi(String source, String destination, String spi, long packets, long lastNanos, String reading) {
    }

    /** Where an event comes from. */
    public enum Kind {
        /** A line of the log. */
        SYSLOG,
        /** What IKE was asked for, and said. */
        IKE,
        /** What IPsec did with it. */
        IPSEC
    }

    /**
     * Something that happened, or happened again and again.
     *
     * @param kind      where from.
     * @param number    counts events; log and IKE have a count each. Of the last time.
     * @param nanos     when, the first time.
     * @param time      of day then.
     * @param lastNanos when, the last time.
     * @param lastTime  of day then.
     * @param severity  of the log, 0 to 7; 6 for what is no line of the log.
     * @param text      without the time.
     */
    public record Event(Kind kind, long number, long nanos, String time, long lastNanos, String lastTime, int severity, String text) {
        /**
         * Whether it is the same again. Lines of the log never are.
         *
         * @param before an event before it.
         * @return true if it is.
         */
        public boolean repeats(final Event before) {
            return kind != Kind.SYSLOG && kind == before.kind && text.equals(before.text);
        }

        /**
         * The two as one.
         *
         * @param before which this one repeats.
         * @return from the first time of the one to the last of the other.
         */
        public Event since(final Event before) {
            return new Event(kind, number, before.nanos, before.time, lastNanos, lastTime, severity, text);
        }
    }
}
