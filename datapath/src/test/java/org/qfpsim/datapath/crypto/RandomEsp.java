package org.qfpsim.datapath.crypto;

import java.util.Random;

/** Seeded keys and packets. */
final class RandomEsp {
    private final Random random;

    RandomEsp(final long seed) {
        random = new Random(seed);
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    int anyInt() {
        return random.nextInt();
    }

    boolean coin() {
        return random.nextBoolean();
    }

    byte[] octets(final int count) {
        final byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    EspKeys keys(final EspSuite suite) {
        return new EspKeys(octets(suite.keyBytes()), octets(suite.saltBytes()), octets(suite.authKeyBytes()));
    }

    /** A plaintext packet with room for the ICV; AES-CBC text is rounded up to whole blocks and is never empty. */
    byte[] packet(final EspSuite suite, final int textBytes) {
        final int rounded = suite.cipher() == EspSuite.Cipher.AES_CBC ? Math.max(textBytes + 15 & -16, 16) : textBytes;
        return octets(EspSuite.ESP_HEADER_BYTES + suite.ivBytes() + rounded + suite.icvBytes());
    }
}
