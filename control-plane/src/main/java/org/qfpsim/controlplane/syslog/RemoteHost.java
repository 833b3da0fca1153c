package org.qfpsim.controlplane.syslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * A syslog server: {@code logging host}.
 *
 * @param address its address.
 * @param port    UDP port.
 * @param format  what it gets.
 */
public record RemoteHost(IpAddress address, int port, Format format) {
    /** Port of syslog over UDP (RFC 5426 section 3.3). */
    public static final int PORT = 514;

    /** RFC 3164 section 4.1: no longer than this. */
    private static final int MAX_RFC3164 = 1024;
    /** RFC 5424 section 6.1: every receiver should take this much. */
    private static final int MAX_RFC5424 = 2048;
    private static final int LOCAL7 = 23;

    /** Formats of a datagram. */
    public enum Format {
        /** RFC 3164: time of day without year. */
        RFC3164,
        /** RFC 5424: version 1. */
        RFC5424
    }

    /** Takes datagrams to servers. */
    @FunctionalInterface
    public interface Transport {
        /**
         * Sends one.
         *
         * @param host     the server.
         * @param datagram the payload of UDP.
         */
        void send(RemoteHost host, byte[] datagram);
    }

    /**
     * One line as a datagram, cut to what the format allows.
     *
     * @param line     the line.
     * @param hostname the router's name.
     * @return the payload of UDP.
     */
    byte[] datagram(final LogLine line, final String hostname) {
        final String priority = "<" + (LOCAL7 * 8 + line.severity().ordinal()) + ">";
        final String text = format == Format.RFC3164
            ? priority + time("MMM ppd HH:mm:ss", line.time()) + " " + name(hostname, 255) + " " + line.message()
            : priority + "1 " + time("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", line.time()) + " " + name(hostname, 255) + " "
                + name(line.facility(), 48) + " - " + name(line.mnemonic(), 32) + " - " + line.message();
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return octets.length <= limit() ? octets : Arrays.copyOf(octets, limit());
    }

    private int limit() {
        return format == Format.RFC3164 ? MAX_RFC3164 : MAX_RFC5424;
    }

    private static String time(final String pattern, final Instant time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time.atZone(ZoneOffset.UTC));
    }

    /** PRINTUSASCII, or the nil value (RFC 5424 section 6). */
    private static String name(final String text, final int limit) {
        final String printable = text.replaceAll("[^\\x21-\\x7e]", "");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(limit, printable.length()));
    }
}
