package org.qfpsim.controlplane.sadb;

import java.nio.ByteBuffer;
import org.qfpsim.datapath.crypto.EspSuite;

/**
 * Suites in the numbers of IANA's "IKEv2 Parameters" (RFC 7296 section 3.3.2), which stay when our enum changes: encryption transform (2),
 * octets of its key (1), integrity transform (1).
 */
final class SuiteCode {
    private SuiteCode() {
    }

    static void put(final ByteBuffer buffer, final EspSuite suite) {
        buffer.putShort((short) encryption(suite)).put((byte) suite.keyBytes()).put((byte) integrity(suite));
    }

    static EspSuite get(final ByteBuffer buffer) {
        final int encryption = Short.toUnsignedInt(buffer.getShort());
        final int keyBytes = Byte.toUnsignedInt(buffer.get());
        final int integrity = Byte.toUnsignedInt(buffer.get());
        for (final EspSuite suite : EspSuite.values()) {
            if (encryption(suite) == encryption && suite.keyBytes() == keyBytes && integrity(suite) == integrity) {
                return suite;
            }
        }
        throw new IllegalArgumentException(
            "no suite has encryption " + encryption + " with " + keyBytes + " octets and integrity " + integrity);
    }

    private static int encryption(final EspSuite suite) {
        return switch (suite.cipher()) {
            // RFC 4106 section 8.2: 18, 19, 20 by the length of the ICV.
            case AES_GCM -> 18 + (suite.icvBytes() - 8) / 4;
            case CHACHA20_POLY1305 -> 28;
            case AES_CBC -> 12;
            case NULL -> 11;
        };
    }

    private static int integrity(final EspSuite suite) {
        return switch (suite.auth()) {
            case NONE -> 0;
            case HMAC_SHA1_96 -> 2;
            case HMAC_SHA256_128 -> 12;
            case HMAC_SHA384_192 -> 13;
            case HMAC_SHA512_256 -> 14;
        };
    }
}
