package org.qfpsim.controlplane.config.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** scrypt with r = p = 1 (RFC 7914), which the JDK does not have, and the PBKDF2 that it is made of. */
final class Scrypt {
    /** 32-bit words of two blocks of Salsa20: 128 * r octets. */
    private static final int WORDS = 32;
    private static final int HALF = WORDS / 2;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Scrypt() {
    }

    /**
     * Derives a key (RFC 7914 section 6).
     *
     * @param cost N, a power of two.
     */
    static byte[] derive(final String password, final byte[] salt, final int cost, final int octets) throws GeneralSecurityException {
        final byte[] block = pbkdf2(password, salt, 1, WORDS * Integer.BYTES);
        final int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = (int) INTS.get(block, i * Integer.BYTES);
        }
        mix(words, cost);
        for (int i = 0; i < WORDS; i++) {
            INTS.set(block, i * Integer.BYTES, words[i]);
        }
        return pbkdf2(password, block, 1, octets);
    }

    /** PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2). */
    static byte[] pbkdf2(final String password, final byte[] salt, final int rounds, final int octets) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, octets * Byte.SIZE)).getEncoded();
    }

    /** scryptROMix (section 5). */
    private static void mix(final int[] words, final int cost) {
        final int[] table = new int[cost * WORDS];
        for (int i = 0; i < cost; i++) {
            System.arraycopy(words, 0, table, i * WORDS, WORDS);
            blockMix(words);
        }
        for (int i = 0; i < cost; i++) {
            final int from = (words[HALF] & cost - 1) * WORDS;
            for (int k = 0; k < WORDS; k++) {
                words[k] ^= table[from + k];
            }
            blockMix(words);
        }
    }

    /** scryptBlockMix (section 4): with r = 1 the two blocks stay in their order. */
    private static void blockMix(final int[] words) {
        salsa(words, 0, HALF);
        salsa(words, HALF, 0);
    }

    /** Adds one block to another bit by bit, and scrambles it with Salsa20/8 (section 3). */
    private static void salsa(final int[] words, final int at, final int other) {
        final int[] x = new int[HALF];
        for (int i = 0; i < HALF; i++) {
            words[at + i] ^= words[other + i];
            x[i] = words[at + i];
        }
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < 4; k++) {
                quarter(x, k * 5, k * 5 + 4 & 15, k * 5 + 8 & 15, k * 5 + 12 & 15);
            }
            for (int k = 0; k < 4; k++) {
                quarter(x, k * 5, k * 4 | k + 1 & 3, k * 4 | k + 2 & 3, k * 4 | k + 3 & 3);
            }
        }
        for (int i = 0; i < HALF; i++) {
            words[at + i] += x[i];
        }
    }

    private static void quarter(final int[] x, final int a, final int b, final int c, final int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
