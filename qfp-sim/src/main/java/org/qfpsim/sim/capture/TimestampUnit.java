package org.qfpsim.sim.capture;

/**
 * How an interface of a pcapng file counts time: {@code units * base^-exponent + offset}. Times that do not fit are clamped, not wrapped.
 *
 * @param binary        whether the base is 2, otherwise 10.
 * @param exponent      0 to 127.
 * @param offsetSeconds added to every time (if_tsoffset).
 */
record TimestampUnit(boolean binary, int exponent, long offsetSeconds) {
    /** Microseconds: the unit of an interface that names none. */
    static final TimestampUnit MICROSECONDS = new TimestampUnit(false, 6, 0);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * Reads the if_tsresol option.
     *
     * @param octet the highest bit selects base 2, the others are the exponent.
     * @return this unit with another resolution.
     */
    TimestampUnit withResolution(final byte octet) {
        return new TimestampUnit(octet < 0, octet & 0x7f, offsetSeconds);
    }

    TimestampUnit withOffset(final long seconds) {
        return new TimestampUnit(binary, exponent, seconds);
    }

    /**
     * Converts a time.
     *
     * @param units unsigned 64-bit count since the epoch.
     * @return nanoseconds since the epoch.
     */
    long nanos(final long units) {
        final long relative = binary ? binaryNanos(units) : decimalNanos(units);
        final long offset = clamp(Math.multiplyHigh(offsetSeconds, NANOS_PER_SECOND), offsetSeconds * NANOS_PER_SECOND);
        final long sum = relative + offset;
        // Only two positive numbers can overflow here: relative is never negative.
        return offset > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }

    private long decimalNanos(final long units) {
        if (exponent <= 9) {
            final long factor = power(9 - exponent);
            return clamp(Math.unsignedMultiplyHigh(units, factor), units * factor);
        }
        // 10^19 is the largest power of ten in 64 bits; beyond it every count is less than a nanosecond.
        return exponent - 9 > 19 ? 0 : Long.divideUnsigned(units, power(exponent - 9));
    }

    private long binaryNanos(final long units) {
        final long high = Math.unsignedMultiplyHigh(units, NANOS_PER_SECOND);
        final long low = units * NANOS_PER_SECOND;
        if (exponent >= 64) {
            return high >>> exponent - 64;
        }
        return exponent == 0 ? clamp(high, low) : clamp(high >>> exponent, high << 64 - exponent | low >>> exponent);
    }

    private static long clamp(final long high, final long low) {
        if (high < 0) {
            return high == -1 && low < 0 ? low : Long.MIN_VALUE;
        }
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    private static long power(final int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
