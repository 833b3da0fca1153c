package org.qfpsim.controlplane.ike.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.KeyAgreement;

/**
 * Elliptic curves over a prime field (RFC 5903). A public value is x and y, each as long as the prime (section 7); the secret is x alone.
 *
 * <p>The JDK makes no public key for a given private one, but its key agreement multiplies any point of the curve: with the generator as
 * the peer's point it gives the x of our own. The equation of the curve leaves two y; the right one is the one with which adding the
 * generator gives the x that the agreement has for the next private value.
 */
final class EcpMath implements DhMath {
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final ECParameterSpec curve;
    private final BigInteger prime;
    private final int octets;

    EcpMath(final String name) {
        try {
            final AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            curve = parameters.getParameterSpec(ECParameterSpec.class);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no curve " + name, e);
        }
        prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        octets = (prime.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    @Override
    public int publicOctets() {
        return 2 * octets;
    }

    @Override
    public byte[] privateValue(final RandomGenerator random) {
        // 64 bits more than the order has, so that the remainder is as good as even (FIPS 186-4 B.4.1); 1 to order - 2.
        final byte[] wide = new byte[octets + Long.BYTES];
        random.nextBytes(wide);
        final BigInteger choices = curve.getOrder().subtract(BigInteger.TWO);
        return Octets.fixed(new BigInteger(1, wide).mod(choices).add(BigInteger.ONE), octets);
    }

    @Override
    public byte[] publicValue(final byte[] privateValue) {
        final BigInteger d = new BigInteger(1, privateValue);
        final ECPoint generator = curve.getGenerator();
        if (d.signum() == 0 || d.compareTo(curve.getOrder().subtract(BigInteger.ONE)) >= 0) {
            throw new IllegalArgumentException("the private value is not within 1 to the order of the curve minus 2");
        }
        if (d.equals(BigInteger.ONE)) {
            return encoded(generator);
        }
        final BigInteger x = new BigInteger(1, multiplied(d, generator));
        final BigInteger next = new BigInteger(1, multiplied(d.add(BigInteger.ONE), generator));
        // All three primes are 3 modulo 4, so this power is a root.
        final BigInteger y = right(x).modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
        final boolean first = sumX(new ECPoint(x, y), generator).equals(next);
        return encoded(new ECPoint(x, first ? y : prime.subtract(y)));
    }

    /** x of the sum of two points with different x. */
    private BigInteger sumX(final ECPoint a, final ECPoint b) {
        final BigInteger rise = a.getAffineY().subtract(b.getAffineY());
        final BigInteger run = a.getAffineX().subtract(b.getAffineX());
        final BigInteger slope = rise.multiply(run.modInverse(prime));
        return slope.multiply(slope).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(prime);
    }

    /** The right side of the curve's equation: x^3 + ax + b. */
    private BigInteger right(final BigInteger x) {
        return x.modPow(THREE, prime).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(prime);
    }

    private byte[] encoded(final ECPoint point) {
        final byte[] both = Arrays.copyOf(Octets.fixed(point.getAffineX(), octets), publicOctets());
        System.arraycopy(Octets.fixed(point.getAffineY(), octets), 0, both, octets, octets);
        return both;
    }

    @Override
    public Optional<byte[]> agree(final byte[] privateValue, final byte[] peer) {
        if (peer.length != publicOctets()) {
            return Optional.empty();
        }
        final BigInteger x = new BigInteger(1, Arrays.copyOf(peer, octets));
        final BigInteger y = new BigInteger(1, Arrays.copyOfRange(peer, octets, peer.length));
        // RFC 6989 section 2.3: in range and on the curve; the curves have cofactor 1, so that is all.
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0 || !y.multiply(y).mod(prime).equals(right(x))) {
            return Optional.empty();
        }
        return Optional.of(multiplied(new BigInteger(1, privateValue), new ECPoint(x, y)));
    }

    private byte[] multiplied(final BigInteger factor, final ECPoint point) {
        try {
            final KeyFactory keys = KeyFactory.getInstance("EC");
            final KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keys.generatePrivate(new ECPrivateKeySpec(factor, curve)));
            agreement.doPhase(keys.generatePublic(new ECPublicKeySpec(point, curve)), true);
            return agreement.generateSecret();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not multiply on the curve", e);
        }
    }
}
