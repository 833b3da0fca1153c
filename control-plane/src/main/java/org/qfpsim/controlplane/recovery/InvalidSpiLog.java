package org.qfpsim.controlplane.recovery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ipsec.SaHistory;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Reads a router's log, and nothing else, for invalid SPIs. A line stands for a minute's packets, so it does not tell how many were lost,
 * but one line means a transient most likely, and the same SPI minute after minute a black hole (Cisco document 115801). Lines of
 * {@code debug crypto ipsec}, if there are any, tell which SA an SPI belonged to.
 */
public final class InvalidSpiLog {
    private static final Pattern STAMP = Pattern.compile(
        "^[*.]?(\\p{Alpha}{3}) {1,2}(\\d{1,2}) (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{3}))?\\b");
    private static final Pattern INVALID = Pattern.compile("%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for "
        + "destaddr=([0-9A-Fa-f.:]{2,45}), prot=\\d{1,3}, spi=0x([0-9A-F]{1,8})\\(\\d{1,10}\\), srcaddr=([0-9A-Fa-f.:]{2,45}?)(?:,|$)");
    private static final Pattern SA = Pattern.compile("IPSEC\\((create|delete)_sa\\): .*sa_dest= ([0-9A-Fa-f.:]{2,45}), .*"
        + "sa_spi= 0x([0-9A-F]{1,8})\\(");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    /** The log has no year; with a leap year every date exists. */
    private static final int YEAR = 2024;

    private final Map<SpiKey, List<Long>> lines = new LinkedHashMap<>();
    private final Map<Integer, Long> created = new LinkedHashMap<>();
    private final Map<Integer, Long> deleted = new LinkedHashMap<>();
    private int unreadable;

    /**
     * Reads a log.
     *
     * @param log its lines, the oldest first; lines about something else, or without time stamp, are passed over.
     * @return what is in it about invalid SPIs.
     */
    public static InvalidSpiLog read(final Iterable<String> log) {
        final InvalidSpiLog read = new InvalidSpiLog();
        log.forEach(read::line);
        return read;
    }

    private void line(final String line) {
        final Matcher invalid = INVALID.matcher(line);
        final Matcher sa = SA.matcher(line);
        final boolean found = invalid.find();
        if (!found && !sa.find()) {
            return;
        }
        final Long nanos = nanos(line);
        if (nanos == null) {
            unreadable++;
            return;
        }
        try {
            if (found) {
                final SpiKey key = new SpiKey(IpAddress.parse(invalid.group(3)), IpAddress.parse(invalid.group(1)),
                    Integer.parseUnsignedInt(invalid.group(2), 16));
                lines.computeIfAbsent(key, ignored -> new ArrayList<>()).add(nanos);
            } else {
                (sa.group(1).equals("create") ? created : deleted).put(Integer.parseUnsignedInt(sa.group(3), 16), nanos);
            }
        } catch (final IllegalArgumentException e) {
            unreadable++;
        }
    }

    private static @Nullable Long nanos(final String line) {
        final Matcher stamp = STAMP.matcher(line);
        final int month = stamp.find() ? MONTHS.indexOf(stamp.group(1).toLowerCase(Locale.ROOT)) : -1;
        if (month < 0) {
            return null;
        }
        try {
            final LocalDateTime time = LocalDateTime.of(YEAR, Month.of(month + 1), number(stamp, 2), number(stamp, 3), number(stamp, 4),
                number(stamp, 5), stamp.group(6) == null ? 0 : number(stamp, 6) * 1_000_000);
            return Duration.between(LocalDateTime.of(YEAR, Month.JANUARY, 1, 0, 0).atOffset(ZoneOffset.UTC), time.atOffset(ZoneOffset.UTC))
                .toNanos();
        } catch (final DateTimeException e) {
            return null;
        }
    }

    private static int number(final Matcher stamp, final int group) {
        return Integer.parseInt(stamp.group(group));
    }

    /** Sources, destinations and SPIs that there are lines about, in the order of their first lines. */
    public List<SpiKey> keys() {
        return List.copyOf(lines.keySet());
    }

    /** Lines about invalid SPIs or SAs that could not be used: without time stamp, or with an address that is none. */
    public int unreadable() {
        return unreadable;
    }

    /**
     * What the log says of one of {@link #keys}. Whether the sender is a peer is not in it; an SA with the SPI is, if it was debugged.
     *
     * @param key who and which SPI.
     * @return the reading; its packets are at least as many as the lines.
     * @throws IllegalArgumentException if there is no line about it.
     */
    public InvalidSpiReading reading(final SpiKey key) {
        final List<Long> times = lines.get(key);
        if (times == null) {
            throw new IllegalArgumentException("no line about SPI " + SpiKey.hex(key.spi()) + " from " + key.source());
        }
        final Long install = created.get(key.spi());
        final Long end = deleted.get(key.spi());
        final SaHistory.Past past = install == null && end == null ? null : new SaHistory.Past(key.spi(), "sa_spi " + SpiKey.hex(key.spi()),
            key.destination(), key.source(), install == null ? 0 : install, end == null ? Long.MAX_VALUE : end, "as the log says");
        return InvalidSpiReading.of(new InvalidSpiReading.Sighting(key, times.size(), times.getFirst(), times.getLast()), past, true);
    }
}
