package org.qfpsim.controlplane.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of IKE messages: AES-CBC for both versions (RFC 3602), AES-GCM with an ICV of 16 octets for IKEv2 (RFC 5282).
 */
public enum IkeCipher {
    /** AES-CBC with a key of 128 bits. */
    AES_CBC_128("aes-cbc-128", 12, 16, false),
    /** AES-CBC with a key of 192 bits. */
    AES_CBC_192("aes-cbc-192", 12, 24, false),
    /** AES-CBC with a key of 256 bits. */
    AES_CBC_256("aes-cbc-256", 12, 32, false),
    /** AES-GCM with a key of 128 bits. */
    AES_GCM_128("aes-gcm-128", 20, 16, true),
    /** AES-GCM with a key of 256 bits. */
    AES_GCM_256("aes-gcm-256", 20, 32, true);

    private static final int BLOCK = 16;
    /** RFC 5282 section 4: the last octets of the key are the salt of the nonce. */
    private static final int SALT = 4;
    private static final int GCM_IV = 8;
    private static final int TAG = 16;

    private final String text;
    private final int number;
    private final int aesOctets;
    private final boolean combined;

    IkeCipher(final String text, final int number, final int aesOctets, final boolean combined) {
        this.text = text;
        this.number = number;
        this.aesOctets = aesOctets;
        this.combined = combined;
    }

    /**
     * Looks a name of the configuration up.
     *
     * @param text such as {@code aes-cbc-256}.
     * @return the cipher; empty if there is none of this name.
     */
    public static Optional<IkeCipher> named(final String text) {
        return Arrays.stream(values()).filter(cipher -> cipher.text.equals(text)).findFirst();
    }

    /**
     * Looks a transform up.
     *
     * @param number  the id in an IKEv2 proposal: 12 or 20.
     * @param keyBits its key length attribute.
     * @return the cipher; empty if it is not supported.
     */
    public static Optional<IkeCipher> of(final int number, final int keyBits) {
        return Arrays.stream(values())
            .filter(cipher -> cipher.number == number && cipher.keyBits() == keyBits)
            .findFirst();
    }

    /** The name in the configuration, such as {@code aes-cbc-256}. */
    public String text() {
        return text;
    }

    /** The transform id in an IKEv2 proposal. */
    public int number() {
        return number;
    }

    /** The key length attribute: bits of the AES key, without salt. */
    public int keyBits() {
        return aesOctets * Byte.SIZE;
    }

    /** Octets of keying material: the AES key, and with GCM the salt behind it. */
    public int keyOctets() {
        return aesOctets + (combined ? SALT : 0);
    }

    /** Whether it authenticates too. */
    public boolean combined() {
        return combined;
    }

    /** Octets of the IV that is sent. */
    public int ivOctets() {
        return combined ? GCM_IV : BLOCK;
    }

    /** The plaintext is a multiple of this many octets. */
    public int blockOctets() {
        return combined ? 1 : BLOCK;
    }

    /** Octets of the ICV that the cipher itself adds; 0 for CBC. */
    public int icvOctets() {
        return combined ? TAG : 0;
    }

    /**
     * Encrypts.
     *
     * @param key   {@link #keyOctets()} octets.
     * @param iv    {@link #ivOctets()} octets.
     * @param aad   what is authenticated along with it; not used by CBC.
     * @param plain a multiple of {@link #blockOctets()}.
     * @return ciphertext, and behind it the ICV if there is one.
     * @throws IllegalArgumentException if a length is wrong.
     */
    public byte[] encrypt(final byte[] key, final byte[] iv, final byte[] aad, final byte[] plain) {
        if (plain.length % blockOctets() != 0) {
            throw new IllegalArgumentException(plain.length + " octets are no whole blocks of " + this);
        }
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, iv, aad).doFinal(plain);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("AES does not encrypt", e);
        }
    }

    /**
     * Decrypts.
     *
     * @param key    {@link #keyOctets()} octets.
     * @param iv     {@link #ivOctets()} octets.
     * @param aad    what is authenticated along with it; not used by CBC.
     * @param sealed ciphertext, and behind it the ICV if there is one; of any length, for it came from outside.
     * @return the plaintext; empty if the length or the ICV is wrong.
     */
    public Optional<byte[]> decrypt(final byte[] key, final byte[] iv, final byte[] aad, final byte[] sealed) {
        if (sealed.length < icvOctets() || (sealed.length - icvOctets()) % blockOctets() != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, iv, aad).doFinal(sealed));
        } catch (final AEADBadTagException e) {
            return Optional.empty();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("AES does not decrypt", e);
        }
    }

    private Cipher cipher(final int direction, final byte[] key, final byte[] iv, final byte[] aad) throws GeneralSecurityException {
        if (key.length != keyOctets() || iv.length != ivOctets()) {
            throw new IllegalArgumentException(this + " needs a key of " + keyOctets() + " and an IV of " + ivOctets() + " octets");
        }
        final Cipher cipher = Cipher.getInstance(combined ? "AES/GCM/NoPadding" : "AES/CBC/NoPadding");
        final Key aes = new SecretKeySpec(key, 0, aesOctets, "AES");
        cipher.init(direction, aes, parameters(key, iv));
        if (combined) {
            cipher.updateAAD(aad);
        }
        return cipher;
    }

    private AlgorithmParameterSpec parameters(final byte[] key, final byte[] iv) {
        if (!combined) {
            return new IvParameterSpec(iv);
        }
        final byte[] nonce = Arrays.copyOfRange(key, aesOctets, aesOctets + SALT + GCM_IV);
        System.arraycopy(iv, 0, nonce, SALT, GCM_IV);
        return new GCMParameterSpec(TAG * Byte.SIZE, nonce);
    }
}
