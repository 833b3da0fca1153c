package org.qfpsim.controlplane.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A hash function and its HMAC (RFC 2104). IKEv1 negotiates the hash, and its HMAC is the prf (RFC 2409 section 4). */
public enum IkeHash {
    /** SHA-1. */
    SHA1("sha1", "SHA-1", "HmacSHA1", 20),
    /** SHA-256. */
    SHA256("sha256", "SHA-256", "HmacSHA256", 32),
    /** SHA-384. */
    SHA384("sha384", "SHA-384", "HmacSHA384", 48),
    /** SHA-512. */
    SHA512("sha512", "SHA-512", "HmacSHA512", 64);

    private final String text;
    private final String digest;
    private final String mac;
    private final int octets;

    IkeHash(final String text, final String digest, final String mac, final int octets) {
        this.text = text;
        this.digest = digest;
        this.mac = mac;
        this.octets = octets;
    }

    /**
     * Looks a name of the configuration up.
     *
     * @param text such as {@code sha256}.
     * @return the hash; empty if there is none of this name.
     */
    public static Optional<IkeHash> named(final String text) {
        for (final IkeHash hash : values()) {
            if (hash.text.equals(text)) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    /** The name in the configuration, such as {@code sha256}. */
    public String text() {
        return text;
    }

    /** Octets of the output. */
    public int octets() {
        return octets;
    }

    /**
     * Hashes octets.
     *
     * @param parts taken one behind the other.
     * @return {@link #octets()} octets.
     */
    public byte[] digest(final byte[]... parts) {
        try {
            final MessageDigest function = MessageDigest.getInstance(digest);
            for (final byte[] part : parts) {
                function.update(part);
            }
            return function.digest();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + digest, e);
        }
    }

    /**
     * HMAC of octets.
     *
     * @param key   of any length, 0 too.
     * @param parts taken one behind the other.
     * @return {@link #octets()} octets.
     */
    public byte[] hmac(final byte[] key, final byte[]... parts) {
        final Mac function = keyed(key);
        for (final byte[] part : parts) {
            function.update(part);
        }
        return function.doFinal();
    }

    Mac keyed(final byte[] key) {
        try {
            final Mac function = Mac.getInstance(mac);
            // HMAC fills a key up with zeros, so one zero is the empty key, which SecretKeySpec refuses.
            function.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, mac));
            return function;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + mac, e);
        }
    }
}
