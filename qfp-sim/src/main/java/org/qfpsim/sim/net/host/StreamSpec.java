package org.qfpsim.sim.net.host;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * A flow of packets at a constant rate.
 *
 * @param id          unique among the streams of a network, from 1; the packets carry it.
 * @param name        for people.
 * @param kind        what the packets are.
 * @param source      the sender's address; ignored with {@link Kind#ESP}.
 * @param destination where they go.
 * @param rate        packets a second, 1 to 1,000,000.
 * @param size        octets of an IP packet, up to 9,000; {@link #minimum} is the least.
 * @param limit       packets after which it ends, 1 to {@link #MAX_PACKETS}.
 * @param seed        of what is random in them.
 * @param spoof       with {@link Kind#ESP}: the addresses to pretend; null otherwise.
 * @param spi         with {@link Kind#ESP}: the SPI; 0: a random one in each packet.
 */
public record StreamSpec(int id, String name, Kind kind, IpAddress source, IpAddress destination, int rate, int size, long limit, long seed,
                         @Nullable IpPrefix spoof, long spi) {
    /** What one stream can send: its receiver remembers each packet by a bit. */
    public static final long MAX_PACKETS = 1L << 28;
    /** Octets of what {@link Payload} puts in front. */
    static final int HEADER_BYTES = 24;
    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_SIZE = 9_000;
    /** Reserved values of the SPI end here (RFC 4303 section 2.1). */
    private static final long MIN_SPI = 256;
    private static final long MAX_SPI = 0xffff_ffffL;

    /** What the packets of a stream are. */
    public enum Kind {
        /** UDP; measured where it arrives. */
        UDP,
        /** Echo requests; measured where the replies arrive, at the sender. */
        PING,
        /** Raw ESP that no SA has sent; measured by nobody. */
        ESP;

        /** As scenarios spell it. */
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range.
     */
    public StreamSpec {
        within("rate", rate, 1, MAX_RATE);
        within("size", size, minimum(kind, destination.v6()), MAX_SIZE);
        within("limit", limit, 1, MAX_PACKETS);
        if (spi != 0) {
            within("spi", spi, MIN_SPI, MAX_SPI);
        }
        final IpAddress from = spoof == null ? source : spoof.address();
        if (from.v6() != destination.v6()) {
            throw new IllegalArgumentException("source " + from + " and destination " + destination + " are of different families");
        }
        if ((kind == Kind.ESP) != (spoof != null)) {
            throw new IllegalArgumentException("spoof goes with esp, and only with it");
        }
    }

    private static void within(final String name, final long value, final long from, final long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + from + " to " + to);
        }
    }

    /**
     * The smallest packet that has room for what is measured.
     *
     * @param kind of stream.
     * @param v6   the family.
     * @return octets of the IP packet.
     */
    public static int minimum(final Kind kind, final boolean v6) {
        return Packets.header(v6) + 8 + (kind == Kind.ESP ? 24 : HEADER_BYTES);
    }

    /** When a packet is sent, in nanoseconds after the first of its run. */
    long offsetNanos(final long packet) {
        return packet * 1_000_000_000L / rate;
    }
}
