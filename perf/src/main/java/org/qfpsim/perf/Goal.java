package org.qfpsim.perf;

/**
 * What a ratio should be.
 *
 * @param value   the ratio.
 * @param atLeast whether a larger one is better.
 */
record Goal(double value, boolean atLeast) {
    static Goal atLeast(final double value) {
        return new Goal(value, true);
    }

    static Goal atMost(final double value) {
        return new Goal(value, false);
    }

    boolean reached(final double ratio) {
        return atLeast ? ratio >= value : ratio <= value;
    }

    /** For the end of a row. */
    String verdict(final double ratio) {
        return PerfTableCommand.format("%s %.2f %s", atLeast ? ">=" : "<=", value, reached(ratio) ? "reached" : "missed");
    }
}
