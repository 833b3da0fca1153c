package org.qfpsim.controlplane.ipsec;

import org.qfpsim.datapath.crypto.EspSuite;

/** The platform's names of ESP's algorithms. */
public final class TransformNames {
    private TransformNames() {
    }

    /**
     * A suite as a transform set writes it.
     *
     * @param suite the suite.
     * @return such as {@code esp-256-aes esp-sha256-hmac}.
     */
    public static String of(final EspSuite suite) {
        final int bits = suite.keyBytes() * Byte.SIZE;
        final String cipher = switch (suite.cipher()) {
            case AES_CBC -> bits == 128 ? "esp-aes" : "esp-" + bits + "-aes";
            case AES_GCM -> bits == 128 ? "esp-gcm" : "esp-gcm " + bits;
            case CHACHA20_POLY1305 -> "esp-chacha20-poly1305";
            case NULL -> "esp-null";
        };
        return switch (suite.auth()) {
            case NONE -> cipher;
            case HMAC_SHA1_96 -> cipher + " esp-sha-hmac";
            case HMAC_SHA256_128 -> cipher + " esp-sha256-hmac";
            case HMAC_SHA384_192 -> cipher + " esp-sha384-hmac";
            case HMAC_SHA512_256 -> cipher + " esp-sha512-hmac";
        };
    }
}
