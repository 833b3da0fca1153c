package org.qfpsim.controlplane.ike.crypto;

import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Groups of integers modulo a safe prime with generator 2 (RFC 2409 section 6, RFC 3526). The RFCs define each prime by a formula over the
 * digits of pi, and that is how it is made here:
 * <pre>
 *   p = 2^n - 2^(n-64) - 1 + 2^64 * ( [2^(n-130) pi] + k )
 * </pre>
 */
final class ModpMath implements DhMath {
    private final BigInteger prime;
    private final int octets;
    private final int exponentBits;

    /**
     * A group.
     *
     * @param bits         n.
     * @param k            the smallest number that makes p a safe prime, as the RFC gives it.
     * @param exponentBits of private values; twice the strength is enough (RFC 3526 section 8).
     */
    ModpMath(final int bits, final int k, final int exponentBits) {
        octets = bits / Byte.SIZE;
        this.exponentBits = exponentBits;
        final BigInteger digits = scaledPi(bits - 130).add(BigInteger.valueOf(k));
        prime = power(bits).subtract(power(bits - 64)).subtract(BigInteger.ONE).add(digits.shiftLeft(64));
    }

    BigInteger prime() {
        return prime;
    }

    private static BigInteger power(final int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    /** [2^bits pi], by Machin's formula pi = 16 arctan(1/5) - 4 arctan(1/239), with 64 bits to spare for rounding. */
    private static BigInteger scaledPi(final int bits) {
        final int spare = 64;
        final BigInteger fifth = arctanOfInverse(5, bits + spare).shiftLeft(4);
        return fifth.subtract(arctanOfInverse(239, bits + spare).shiftLeft(2)).shiftRight(spare);
    }

    private static BigInteger arctanOfInverse(final int x, final int bits) {
        final BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger term = power(bits).divide(BigInteger.valueOf(x));
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; term.signum() != 0; i++) {
            final BigInteger part = term.divide(BigInteger.valueOf(2L * i + 1));
            sum = (i & 1) == 0 ? sum.add(part) : sum.subtract(part);
            term = term.divide(square);
        }
        return sum;
    }

    @Override
    public int publicOctets() {
        return octets;
    }

    @Override
    public byte[] privateValue(final RandomGenerator random) {
        final byte[] value = new byte[exponentBits / Byte.SIZE];
        random.nextBytes(value);
        // Never tiny, always of the full length.
        value[0] |= (byte) 0x80;
        return value;
    }

    @Override
    public byte[] publicValue(final byte[] privateValue) {
        return padded(BigInteger.TWO.modPow(new BigInteger(1, privateValue), prime));
    }

    @Override
    public Optional<byte[]> agree(final byte[] privateValue, final byte[] peer) {
        final BigInteger value = new BigInteger(1, peer);
        // RFC 7296 section 3.4: as long as the prime. RFC 6989 section 2.1: within 2 to p-2.
        if (peer.length != octets || value.compareTo(BigInteger.TWO) < 0 || value.compareTo(prime.subtract(BigInteger.TWO)) > 0) {
            return Optional.empty();
        }
        return Optional.of(padded(value.modPow(new BigInteger(1, privateValue), prime)));
    }

    private byte[] padded(final BigInteger value) {
        return Octets.fixed(value, octets);
    }
}
