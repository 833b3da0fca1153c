package org.qfpsim.sim.throughput.search;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A search goal (RFC 9971 section 4.6).
 *
 * @param name           what reports call it.
 * @param lossRatio      highest loss ratio of a low-loss trial, 0 to below 1.
 * @param initialSeconds duration of the first trials.
 * @param finalSeconds   trials at least this long are full-length ones.
 * @param durationSum    seconds of trials that decide about a load.
 * @param exceedRatio    share of that time that may be lossy, 0 to below 1.
 * @param width          the two bounds differ by at most this share of the upper one.
 */
public record Goal(String name, double lossRatio, double initialSeconds, double finalSeconds, double durationSum, double exceedRatio,
                   double width) {
    /** Checks ranges; the message names the attribute. */
    public Goal {
        within(name, "loss ratio", lossRatio, 0, 0.99);
        within(name, "final trial duration", finalSeconds, 0.001, 3600);
        within(name, "initial trial duration", initialSeconds, 0.001, finalSeconds);
        within(name, "duration sum", durationSum, finalSeconds, 86_400);
        within(name, "exceed ratio", exceedRatio, 0, 0.99);
        within(name, "width", width, 0.0001, 0.5);
    }

    private static void within(final String name, final String attribute, final double value, final double low, final double high) {
        // Written so that NaN is refused too.
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + ": " + attribute + " " + number(value) + " is not within " + number(low) + " to "
                + number(high));
        }
    }

    private static String number(final double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** As JSON. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("loss_ratio", lossRatio);
        map.put("initial_trial_seconds", initialSeconds);
        map.put("final_trial_seconds", finalSeconds);
        map.put("duration_sum", durationSum);
        map.put("exceed_ratio", exceedRatio);
        map.put("width", width);
        return map;
    }

    /** All attributes in one line. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: loss ratio %s %%, trials of %s to %s s, duration sum %s s, exceed ratio %s %%, width %s %%",
            name, percent(lossRatio), number(initialSeconds), number(finalSeconds), number(durationSum), percent(exceedRatio),
            percent(width));
    }

    private static String percent(final double ratio) {
        return number(Math.round(ratio * 1e8) / 1e6);
    }
}
