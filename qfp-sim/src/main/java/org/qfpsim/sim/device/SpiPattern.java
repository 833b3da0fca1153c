package org.qfpsim.sim.device;

import java.util.regex.Pattern;

/**
 * An SPI in which hex digits may be left open, as Wireshark's table writes it: {@code *}; {@code 0x} and eight hex digits or {@code *};
 * or a number in hex, decimal or, with a leading 0, octal.
 *
 * @param value the fixed bits.
 * @param mask  which bits are fixed.
 */
record SpiPattern(int value, int mask) {
    private static final Pattern OPEN = Pattern.compile("0[xX][0-9A-Fa-f*]{8}");
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9A-Fa-f]{1,8}|0[0-7]{0,11}|[1-9]\\d{0,9}");

    /**
     * Reads a pattern.
     *
     * @param text as in the table.
     * @return the pattern.
     * @throws IllegalArgumentException if it is none; without a message of use.
     */
    static SpiPattern parse(final String text) {
        if (text.equals("*")) {
            return new SpiPattern(0, 0);
        }
        if (OPEN.matcher(text).matches()) {
            final int lowest = Integer.parseUnsignedInt(text.substring(2).replace('*', '0'), 16);
            final int highest = Integer.parseUnsignedInt(text.substring(2).replace('*', 'f'), 16);
            return new SpiPattern(lowest, ~(lowest ^ highest));
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("not an SPI pattern");
        }
        final long number = Long.decode(text);
        if (number >>> 32 != 0) {
            throw new IllegalArgumentException("more than 32 bits");
        }
        return new SpiPattern((int) number, -1);
    }

    boolean matches(final int spi) {
        return ((spi ^ value) & mask) == 0;
    }

    /** Whether only one SPI matches. */
    boolean exact() {
        return mask == -1;
    }
}
