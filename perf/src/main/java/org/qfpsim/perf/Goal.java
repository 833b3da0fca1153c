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

    /** For the end of a row; one that would read as reached, were it not for what is rounded away, says how much that is. */
    String verdict(final double ratio) {
        final String wanted = PerfTableCommand.format("%.2f", value);
        final String exactly = wanted.equals(PerfTableCommand.format("%.2f", ratio)) ? PerfTableCommand.format(" with %.4f", ratio) : "";
        return (atLeast ? ">= " : "<= ") + wanted + (reached(ratio) ? " reached" : " missed" + exactly);
    }
}
