package org.qfpsim.perf.side;

import java.util.Map;

/**
 * What the passes of one slice took, nanoseconds a packet.
 *
 * @param mean of all.
 * @param best of the fastest one: noise of a machine only ever adds.
 */
public record Sample(double mean, double best) {
    /**
     * What a slice of a {@link org.qfpsim.perf.probe.Metric} tells, here or in another process.
     *
     * @param slice the numbers by name.
     * @return those of them.
     */
    public static Sample of(final Map<String, ?> slice) {
        return new Sample(Slice.number(slice, "mean"), Slice.number(slice, "q00"));
    }
}
