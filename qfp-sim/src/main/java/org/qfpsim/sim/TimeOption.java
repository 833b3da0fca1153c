package org.qfpsim.sim;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time on the command line. */
public final class TimeOption {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Map<String, Long> UNITS = Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h",
        3_600_000_000_000L);

    private TimeOption() {
    }

    /**
     * Reads one.
     *
     * @param option its name, for the message.
     * @param text   a number and its unit.
     * @return nanoseconds.
     */
    public static long nanos(final String option, final String text) {
        final Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new InputException(option + " " + text + " is not a time; write it with its unit: 500ms, 90s, 5m, 1h");
        }
        return Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1L);
    }
}
