package org.qfpsim.controlplane.ike.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.KeyAgreement;

/** Curve25519 (RFC 7748, RFC 8031): 32 octets each way, least significant one first. */
final class X25519Math implements DhMath {
    private static final int OCTETS = 32;

    @Override
    public int publicOctets() {
        return OCTETS;
    }

    @Override
    public byte[] privateValue(final RandomGenerator random) {
        final byte[] value = new byte[OCTETS];
        random.nextBytes(value);
        return value;
    }

    @Override
    public byte[] publicValue(final byte[] privateValue) {
        // RFC 7748 section 6.1: X25519(a, 9).
        return multiplied(privateValue, BigInteger.valueOf(9))
            .orElseThrow(() -> new IllegalArgumentException("X25519 needs a private value of " + OCTETS + " octets"));
    }

    @Override
    public Optional<byte[]> agree(final byte[] privateValue, final byte[] peer) {
        if (peer.length != OCTETS) {
            return Optional.empty();
        }
        // RFC 7748 section 5: the highest bit is not looked at.
        return multiplied(privateValue, new BigInteger(1, Octets.reversed(peer)).clearBit(OCTETS * Byte.SIZE - 1));
    }

    private static Optional<byte[]> multiplied(final byte[] factor, final BigInteger u) {
        try {
            final KeyFactory keys = KeyFactory.getInstance("X25519");
            final KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, factor)));
            agreement.doPhase(keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)), true);
            return Optional.of(agreement.generateSecret());
        } catch (final InvalidKeyException e) {
            // A point of small order: the secret would be all zeros (RFC 8031 section 3.2 wants that refused).
            return Optional.empty();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no X25519", e);
        }
    }
}
