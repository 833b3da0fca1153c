package org.qfpsim.perf.probe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.qfpsim.datapath.counters.CostLook;

/**
 * One thing that is measured, slice after slice. A neighbour on the machine only ever adds time, so what is reported of a slice are the low
 * quantiles of its passes.
 */
public final class Metric implements AutoCloseable {
    private static final double[] QUANTILES = {0, 0.1, 0.25, 0.5};
    private static final int MOST_PASSES = 1 << 16;

    private final PathSubject subject;
    private final long[] nanos = new long[MOST_PASSES];

    /**
     * Measures nothing yet.
     *
     * @param subject what is measured; closed with this.
     */
    public Metric(final PathSubject subject) {
        this.subject = subject;
    }

    /** Packets of a pass. */
    int packets() {
        return subject.packets();
    }

    /** Makes a pass between the second and the third mark; between the first and the second there is nothing: what a mark itself takes. */
    void markedPass(final Mark mark) {
        subject.prepare();
        mark.raise();
        mark.raise();
        subject.run();
        mark.raise();
    }

    /**
     * Repeats the pass.
     *
     * @param limit nanoseconds of passes.
     * @return nanoseconds a packet: {@code q00} (the fastest pass) to {@code q50} (the median), {@code mean} of all
     *         passes, and {@code passes}, how many there were.
     */
    public Map<String, Number> slice(final long limit) {
        int count = 0;
        long spent = 0;
        for (; spent < limit && count < MOST_PASSES; count++) {
            nanos[count] = subject.timedPass();
            spent += nanos[count];
        }
        Arrays.sort(nanos, 0, count);
        final Map<String, Number> summary = new LinkedHashMap<>();
        summary.put("passes", count);
        summary.put("mean", aPacket((double) spent / count));
        for (final double quantile : QUANTILES) {
            summary.put("q%02d".formatted(Math.round(100 * quantile)), aPacket(nanos[(int) (quantile * (count - 1))]));
        }
        return summary;
    }

    private double aPacket(final double pass) {
        return Math.round(1000 * pass / subject.packets()) / 1000.0;
    }

    /** What the subject has sampled of the cost of features. */
    public CostLook costs() {
        return subject.costs();
    }

    @Override
    public void close() {
        subject.close();
    }
}
