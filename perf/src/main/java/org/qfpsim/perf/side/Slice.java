package org.qfpsim.perf.side;

import java.util.Map;

/**
 * What the passes of one slice took, nanoseconds a packet.
 *
 * @param best    the fastest pass.
 * @param quarter the quantile of 25 %.
 * @param median  the median.
 */
public record Slice(double best, double quarter, double median) {
    static Slice of(final Map<String, Object> answer) {
        return new Slice(number(answer, "q00"), number(answer, "q25"), number(answer, "q50"));
    }

    static double number(final Map<String, ?> answer, final String name) {
        if (answer.get(name) instanceof final Number number && number.doubleValue() > 0) {
            return number.doubleValue();
        }
        throw new IllegalStateException("a probe answered without " + name + ": " + answer);
    }
}
