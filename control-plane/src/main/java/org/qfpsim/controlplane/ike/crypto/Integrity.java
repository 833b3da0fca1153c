package org.qfpsim.controlplane.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** A truncated HMAC (transform type 3: RFC 2404, RFC 4868). */
public enum Integrity {
    /** AUTH_HMAC_SHA1_96. */
    HMAC_SHA1_96(2, IkeHash.SHA1, 12),
    /** AUTH_HMAC_SHA2_256_128. */
    HMAC_SHA256_128(12, IkeHash.SHA256, 16),
    /** AUTH_HMAC_SHA2_384_192. */
    HMAC_SHA384_192(13, IkeHash.SHA384, 24),
    /** AUTH_HMAC_SHA2_512_256. */
    HMAC_SHA512_256(14, IkeHash.SHA512, 32);

    private final int number;
    private final IkeHash hash;
    private final int icvOctets;

    Integrity(final int number, final IkeHash hash, final int icvOctets) {
        this.number = number;
        this.hash = hash;
        this.icvOctets = icvOctets;
    }

    /**
     * Looks a transform id up.
     *
     * @param number the id in an IKEv2 proposal.
     * @return the algorithm; empty if it is not supported.
     */
    public static Optional<Integrity> of(final int number) {
        return Arrays.stream(values()).filter(integrity -> integrity.number == number).findFirst();
    }

    /**
     * The algorithm of a hash.
     *
     * @param hash the hash.
     * @return its truncated HMAC.
     */
    public static Integrity of(final IkeHash hash) {
        return switch (hash) {
            case SHA1 -> HMAC_SHA1_96;
            case SHA256 -> HMAC_SHA256_128;
            case SHA384 -> HMAC_SHA384_192;
            case SHA512 -> HMAC_SHA512_256;
        };
    }

    /** The transform id in an IKEv2 proposal. */
    public int number() {
        return number;
    }

    /** The hash inside. */
    public IkeHash hash() {
        return hash;
    }

    /** Octets of the key: those of the hash's output. */
    public int keyOctets() {
        return hash.octets();
    }

    /** Octets of the integrity check value. */
    public int icvOctets() {
        return icvOctets;
    }

    /**
     * Computes the integrity check value.
     *
     * @param key   {@link #keyOctets()} octets.
     * @param parts the data, one part behind the other.
     * @return {@link #icvOctets()} octets.
     */
    public byte[] icv(final byte[] key, final byte[]... parts) {
        return Arrays.copyOf(hash.hmac(key, parts), icvOctets);
    }

    /**
     * Compares in constant time.
     *
     * @param key  {@link #keyOctets()} octets.
     * @param data what is protected.
     * @param icv  what came.
     * @return whether it is right.
     */
    public boolean verify(final byte[] key, final byte[] data, final byte[] icv) {
        return MessageDigest.isEqual(icv(key, data), icv);
    }
}
