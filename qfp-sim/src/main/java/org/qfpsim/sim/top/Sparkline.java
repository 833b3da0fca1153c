package org.qfpsim.sim.top;

/** A row of numbers as a row of characters of growing height. */
final class Sparkline {
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String PLAIN = ".:-=+*%#";

    private Sparkline() {
    }

    /**
     * Draws one.
     *
     * @param values not below 0; not a number: nothing is known.
     * @param ascii  for a terminal that has no block characters.
     * @return a character for each; a blank where nothing is known or nothing was, the highest for the largest.
     */
    static String of(final double[] values, final boolean ascii) {
        final String levels = ascii ? PLAIN : BLOCKS;
        double most = 0;
        for (final double value : values) {
            most = Math.max(most, Double.isNaN(value) ? 0 : value);
        }
        final StringBuilder text = new StringBuilder(values.length);
        for (final double value : values) {
            final boolean blank = Double.isNaN(value) || value <= 0;
            text.append(blank ? ' ' : levels.charAt((int) Math.min(levels.length() - 1L, (long) (value / most * levels.length()))));
        }
        return text.toString();
    }
}
