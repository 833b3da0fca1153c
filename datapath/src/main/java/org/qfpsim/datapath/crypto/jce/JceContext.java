package org.qfpsim.datapath.crypto.jce;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspSuite;

/** The {@link Cipher} and {@link Mac} objects of one SA on one lane. */
final class JceContext {
    private static final int NONCE_BYTES = 12;
    private static final int BLOCK_BYTES = 16;
    /** The key stream of the text starts at counter 2 in GCM (NIST SP 800-38D section 7.1) and 1 in ChaCha20 (RFC 8439 section 2.8). */
    private static final byte FIRST_GCM_COUNTER = 2;
    private static final int FIRST_CHACHA_COUNTER = 1;

    private final EspSuite suite;
    private final SecretKey key;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] block = new byte[BLOCK_BYTES];
    private final @Nullable Cipher cipher;
    private final @Nullable Cipher keyStream;
    private final @Nullable Mac mac;

    JceContext(final EspSuite suite, final SecretKey key, final SecretKey authKey, final byte[] salt) {
        this.suite = suite;
        this.key = key;
        System.arraycopy(salt, 0, nonce, 0, salt.length);
        try {
            cipher = switch (suite.cipher()) {
                case AES_GCM -> Cipher.getInstance("AES/GCM/NoPadding");
                case CHACHA20_POLY1305 -> Cipher.getInstance("ChaCha20-Poly1305");
                case AES_CBC -> Cipher.getInstance("AES/CBC/NoPadding");
                case NULL -> null;
            };
            keyStream = switch (suite.cipher()) {
                case AES_GCM -> Cipher.getInstance("AES/CTR/NoPadding");
                case CHACHA20_POLY1305 -> Cipher.getInstance("ChaCha20");
                case AES_CBC, NULL -> null;
            };
            mac = suite.auth() == EspSuite.Auth.NONE ? null : Mac.getInstance("Hmac" + suite.auth().digest().replace("-", ""));
            if (mac != null) {
                mac.init(authKey);
            }
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("SunJCE cannot do " + suite, e);
        }
    }

    /** The cipher of a suite that has one, ready for a packet. */
    Cipher cipher(final int mode, final byte[] packet, final int ivOffset) throws GeneralSecurityException {
        final Cipher ready = present(cipher);
        initialise(ready, mode, parameters(packet, ivOffset));
        return ready;
    }

    /** A cipher for one block from an all-zero IV. */
    Cipher cipherFromZeroIv() throws GeneralSecurityException {
        final Cipher ready = present(cipher);
        Arrays.fill(block, (byte) 0);
        ready.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
        return ready;
    }

    /** The bare key stream of a combined mode from where it covers the text. */
    Cipher keyStream(final byte[] packet, final int ivOffset) throws GeneralSecurityException {
        final Cipher ready = present(keyStream);
        System.arraycopy(packet, ivOffset, nonce, suite.saltBytes(), suite.ivBytes());
        if (suite.cipher() == EspSuite.Cipher.AES_GCM) {
            Arrays.fill(block, (byte) 0);
            System.arraycopy(nonce, 0, block, 0, NONCE_BYTES);
            block[BLOCK_BYTES - 1] = FIRST_GCM_COUNTER;
            ready.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
        } else {
            initialise(ready, Cipher.ENCRYPT_MODE, new ChaCha20ParameterSpec(nonce, FIRST_CHACHA_COUNTER));
        }
        return ready;
    }

    /** The HMAC of a suite that has one, ready for a packet. */
    Mac mac() {
        return present(mac);
    }

    private AlgorithmParameterSpec parameters(final byte[] packet, final int ivOffset) {
        if (suite.cipher() == EspSuite.Cipher.AES_CBC) {
            return new IvParameterSpec(packet, ivOffset, suite.ivBytes());
        }
        System.arraycopy(packet, ivOffset, nonce, suite.saltBytes(), suite.ivBytes());
        return suite.cipher() == EspSuite.Cipher.AES_GCM
            ? new GCMParameterSpec(suite.icvBytes() * Byte.SIZE, nonce)
            : new IvParameterSpec(nonce);
    }

    /**
     * SunJCE refuses the nonce of the operation before (GCM when encrypting, ChaCha20 always), which guards against a mistake that a copy
     * of a packet is not. Another nonce in between makes it forget.
     */
    private void initialise(final Cipher target, final int mode, final AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        try {
            target.init(mode, key, parameters);
        } catch (final InvalidAlgorithmParameterException | InvalidKeyException e) {
            target.init(mode, key, withOtherNonce(parameters));
            target.init(mode, key, parameters);
        }
    }

    private static AlgorithmParameterSpec withOtherNonce(final AlgorithmParameterSpec parameters) {
        return switch (parameters) {
            case GCMParameterSpec gcm -> new GCMParameterSpec(gcm.getTLen(), flipped(gcm.getIV()));
            case ChaCha20ParameterSpec chacha -> new ChaCha20ParameterSpec(flipped(chacha.getNonce()), chacha.getCounter());
            case IvParameterSpec iv -> new IvParameterSpec(flipped(iv.getIV()));
            default -> throw new IllegalArgumentException("no nonce in " + parameters.getClass());
        };
    }

    private static byte[] flipped(final byte[] nonce) {
        nonce[0] ^= 1;
        return nonce;
    }

    private static <T> T present(final @Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the suite has no such part");
        }
        return part;
    }
}
