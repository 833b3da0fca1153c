package org.qfpsim.datapath.crypto.libcrypto;

import java.util.EnumSet;
import java.util.Set;
import org.qfpsim.datapath.crypto.EspSuite;

/**
 * The library's objects for the algorithms of a suite, fetched once per process and never freed.
 *
 * @param cipher an EVP_CIPHER; 0 for NULL encryption.
 * @param digest an EVP_MD; 0 without HMAC.
 */
record Algorithms(long cipher, long digest) {
    private static final Algorithms[] BY_SUITE = new Algorithms[EspSuite.values().length];
    private static final Set<EspSuite> SUPPORTED = EnumSet.noneOf(EspSuite.class);

    static {
        for (final EspSuite suite : EspSuite.values()) {
            final Algorithms algorithms = fetch(suite);
            BY_SUITE[suite.ordinal()] = algorithms;
            if ((algorithms.cipher != 0 || suite.cipher() == EspSuite.Cipher.NULL)
                && (algorithms.digest != 0 || suite.auth() == EspSuite.Auth.NONE)) {
                SUPPORTED.add(suite);
            }
        }
    }

    static Algorithms of(final EspSuite suite) {
        return BY_SUITE[suite.ordinal()];
    }

    /** The suites whose algorithms this build of the library has; some policies switch ChaCha20 or SHA-1 off. */
    static Set<EspSuite> supported() {
        return EnumSet.copyOf(SUPPORTED);
    }

    private static Algorithms fetch(final EspSuite suite) {
        final int bits = suite.keyBytes() * Byte.SIZE;
        final long cipher = switch (suite.cipher()) {
            case AES_GCM -> LibcryptoFunctions.fetchCipher("AES-" + bits + "-GCM");
            case CHACHA20_POLY1305 -> LibcryptoFunctions.fetchCipher("ChaCha20-Poly1305");
            case AES_CBC -> LibcryptoFunctions.fetchCipher("AES-" + bits + "-CBC");
            case NULL -> 0;
        };
        return new Algorithms(cipher, suite.auth() == EspSuite.Auth.NONE ? 0 : LibcryptoFunctions.fetchDigest(suite.auth().digest()));
    }
}
