package org.qfpsim.controlplane.exec;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import org.qfpsim.controlplane.time.WallClock;

/** Times and periods as the platform writes them. */
final class TimeText {
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    private static final long YEAR = 52 * WEEK;
    private static final String DATE = "EEE MMM d yyyy";

    private TimeText() {
    }

    /** {@code 00:01:13}, {@code 1d02h}, {@code 2w3d}, {@code 1y10w}. */
    static String ago(final long nanos) {
        final long seconds = nanos / NANOS_A_SECOND;
        if (seconds >= YEAR) {
            return seconds / YEAR + "y" + seconds % YEAR / WEEK + "w";
        }
        if (seconds >= WEEK) {
            return seconds / WEEK + "w" + seconds % WEEK / DAY + "d";
        }
        return seconds >= DAY ? String.format(Locale.ROOT, "%dd%02dh", seconds / DAY, seconds % DAY / HOUR)
            : String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    /** {@code 1 week, 8 hours, 58 minutes}; parts that are zero are left out. */
    static String words(final long nanos) {
        final long seconds = nanos / NANOS_A_SECOND;
        final StringJoiner text = new StringJoiner(", ");
        add(text, seconds / YEAR, "year");
        add(text, seconds % YEAR / WEEK, "week");
        add(text, seconds % WEEK / DAY, "day");
        add(text, seconds % DAY / HOUR, "hour");
        add(text, seconds % HOUR / MINUTE, "minute");
        return text.length() == 0 ? "0 minutes" : text.toString();
    }

    private static void add(final StringJoiner text, final long count, final String unit) {
        if (count > 0) {
            text.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    /** The time now: {@code 13:27:57.707 UTC Wed Sep 2 2026}, with an asterisk in front while nobody has set the clock. */
    static String clock(final WallClock clock, final String zone) {
        return (clock.isSet() ? "" : "*") + text("HH:mm:ss.SSS", clock.local()) + " " + zone + " " + text(DATE, clock.local());
    }

    /** Another time: {@code Wed Sep 2 13:27:57 2026}. */
    static String date(final WallClock clock, final long nanosAgo) {
        final ZonedDateTime then = clock.local().minusNanos(nanosAgo);
        return text("EEE MMM d HH:mm:ss yyyy", then);
    }

    /** A time of the log: {@code Sep  2 13:27:57.707}. */
    static String stamp(final Instant time, final ZoneId zone) {
        return text("MMM ppd HH:mm:ss.SSS", time.atZone(zone));
    }

    private static String text(final String pattern, final ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
