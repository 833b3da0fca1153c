package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampUnitTest {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    @Test
    void shouldEqualExactArithmeticForEveryResolution() {
        final long seed = 20261123;
        final Random random = new Random(seed);
        for (int octet = 0; octet < 256; octet++) {
            for (int i = 0; i < 200; i++) {
                final long units = random.nextLong() >>> random.nextInt(64);
                final long offset = random.nextLong() >> random.nextInt(64);
                final TimestampUnit unit = TimestampUnit.MICROSECONDS.withResolution((byte) octet).withOffset(offset);
                final BigInteger base = octet >= 128 ? BigInteger.TWO : BigInteger.TEN;
                final BigInteger relative = clamp(new BigInteger(Long.toUnsignedString(units)).multiply(NANOS).divide(base.pow(octet & 0x7f)));
                final BigInteger expected = clamp(relative.add(clamp(BigInteger.valueOf(offset).multiply(NANOS))));
                assertThat(unit.nanos(units)).as("seed %d, resolution %d, units %d, offset %d", seed, octet, units, offset)
                    .isEqualTo(expected.longValueExact());
            }
        }
    }

    private static BigInteger clamp(final BigInteger value) {
        return value.min(BigInteger.valueOf(Long.MAX_VALUE)).max(BigInteger.valueOf(Long.MIN_VALUE));
    }
}
