package org.qfpsim.controlplane.syslog;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.qfpsim.controlplane.time.WallClock;

/**
 * What stands in front of a line: {@code service timestamps log|debug}.
 *
 * @param kind         none, time since boot, or time of day.
 * @param msec         whether milliseconds are shown (time of day).
 * @param localtime    whether it is the router's own time; otherwise UTC.
 * @param showTimezone whether the zone's name follows.
 * @param year         whether the year is shown.
 */
public record TimestampFormat(Kind kind, boolean msec, boolean localtime, boolean showTimezone, boolean year) {
    /** {@code service timestamps log datetime msec}, as in the platform's published samples. */
    public static final TimestampFormat DATETIME_MSEC = new TimestampFormat(Kind.DATETIME, true, false, false, false);

    private static final long SECONDS_A_DAY = 86_400;
    private static final long DAYS_A_WEEK = 7;

    /** The kinds of time stamps. */
    public enum Kind {
        /** {@code no service timestamps}. */
        NONE,
        /** {@code uptime}. */
        UPTIME,
        /** {@code datetime}. */
        DATETIME
    }

    /**
     * The time now.
     *
     * @param clock the router's.
     * @return {@code Sep  2 13:27:57.707: }, with an asterisk in front while the clock is not set; or {@code 00:01:13: }; or nothing.
     */
    String text(final WallClock clock) {
        return switch (kind) {
            case NONE -> "";
            case UPTIME -> uptime(clock.uptimeNanos() / 1_000_000_000L) + ": ";
            case DATETIME -> (clock.isSet() ? "" : "*") + datetime(clock) + ": ";
        };
    }

    private String datetime(final WallClock clock) {
        final ZonedDateTime time = localtime ? clock.local() : clock.instant().atZone(ZoneOffset.UTC);
        final String pattern = "MMM ppd " + (year ? "yyyy " : "") + "HH:mm:ss" + (msec ? ".SSS" : "");
        final String zone = !showTimezone ? "" : localtime ? DateTimeFormatter.ofPattern(" zzz", Locale.ENGLISH).format(time) : " UTC";
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time) + zone;
    }

    /** {@code 00:01:13}, {@code 1d02h}, {@code 2w3d}. */
    static String uptime(final long seconds) {
        final long days = seconds / SECONDS_A_DAY;
        if (days >= DAYS_A_WEEK) {
            return days / DAYS_A_WEEK + "w" + days % DAYS_A_WEEK + "d";
        }
        if (days > 0) {
            return "%dd%02dh".formatted(days, seconds % SECONDS_A_DAY / 3600);
        }
        return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
