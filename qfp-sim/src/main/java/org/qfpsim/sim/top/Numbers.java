package org.qfpsim.sim.top;

import java.util.Locale;
import java.util.regex.Pattern;

/** How numbers and texts appear on the screen. */
final class Numbers {
    private static final double SMALL = 99.95;
    private static final double THOUSAND = 1000;
    private static final String[] UNITS = {"b/s", "kb/s", "Mb/s", "Gb/s", "Tb/s"};
    /** A peer's words get into events: nothing but what is printed, and our own blocks, reaches the terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e\\u2581-\\u2588]");

    private Numbers() {
    }

    /** Packets a second: a digit behind the point if there are few. */
    static String rate(final double rate) {
        return String.format(Locale.ROOT, rate == 0 || rate >= SMALL ? "%,.0f" : "%.1f", rate);
    }

    static String count(final long packets) {
        return String.format(Locale.ROOT, "%,d", packets);
    }

    static String bits(final double rate) {
        double left = rate;
        int unit = 0;
        while (left >= THOUSAND && unit < UNITS.length - 1) {
            left /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, UNITS[unit]);
    }

    /** Hours, minutes and seconds. */
    static String duration(final long nanos) {
        final long seconds = Math.max(0, nanos / 1_000_000_000);
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String printable(final String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
