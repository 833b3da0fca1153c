package org.qfpsim.sim.throughput.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;

/**
 * When a trial does not count, because something outside the device disturbed it. Fixed before the first trial; never looks at what was
 * lost.
 *
 * @param lateMicros   a frame was sent later than this behind its time.
 * @param stealPercent the hypervisor took more than this of one processor's time.
 * @param clockMillis  the wall clock was moved by more than this.
 */
public record DiscardRule(long lateMicros, double stealPercent, long clockMillis) {
    /** A trial is made at most once and so many times again. */
    public static final int REPEATS = 3;

    /** What there is to say of a modelled platform. */
    public static final String VIRTUAL = "nothing disturbs virtual time, so no trial is discarded";

    private static final double PERCENT = 100;
    private static final double MILLIS = 1000;

    /**
     * Applies the rule.
     *
     * @param trial a trial.
     * @return why it is discarded, or an empty text.
     */
    public String reason(final TrialResult trial) {
        if (trial.latestNanos() > lateMicros * MILLIS) {
            return "a frame was sent %,d us late".formatted(Math.round(trial.latestNanos() / MILLIS));
        }
        if (trial.stolenMillis() > stealPercent / PERCENT * trial.seconds() * MILLIS) {
            return "the hypervisor took %,d ms".formatted(trial.stolenMillis());
        }
        if (Math.abs(trial.clockMillis()) > clockMillis) {
            return "the wall clock moved by %,d ms".formatted(trial.clockMillis());
        }
        return "";
    }

    /** The rule in words. */
    public String text() {
        return ("a trial is discarded if a frame was sent more than %,d us late, the hypervisor took more than %s %% of a processor, or "
            + "the wall clock moved by more than %,d ms; never for its loss; repeated at most %d times, then the last one counts")
            .formatted(lateMicros, number(stealPercent), clockMillis, REPEATS);
    }

    private static String number(final double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** As JSON. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("late_micros", lateMicros);
        map.put("steal_percent", stealPercent);
        map.put("clock_millis", clockMillis);
        map.put("repeats", REPEATS);
        map.put("text", text());
        return map;
    }
}
