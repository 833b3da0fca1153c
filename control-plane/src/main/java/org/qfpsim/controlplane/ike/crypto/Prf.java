package org.qfpsim.controlplane.ike.crypto;

import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;

/** A pseudorandom function (RFC 7296 section 2.13; numbers of transform type 2, RFC 7296 section 3.3.2 and RFC 4868). */
public enum Prf {
    /** PRF_HMAC_SHA1. */
    HMAC_SHA1(2, IkeHash.SHA1),
    /** PRF_HMAC_SHA2_256. */
    HMAC_SHA256(5, IkeHash.SHA256),
    /** PRF_HMAC_SHA2_384. */
    HMAC_SHA384(6, IkeHash.SHA384),
    /** PRF_HMAC_SHA2_512. */
    HMAC_SHA512(7, IkeHash.SHA512);

    /** prf+ has one octet of counter (RFC 7296 section 2.13). */
    private static final int MAX_BLOCKS = 255;

    private final int number;
    private final IkeHash hash;

    Prf(final int number, final IkeHash hash) {
        this.number = number;
        this.hash = hash;
    }

    /**
     * Looks a transform id up.
     *
     * @param number the id in an IKEv2 proposal.
     * @return the function; empty if it is not supported.
     */
    public static Optional<Prf> of(final int number) {
        return Arrays.stream(values()).filter(prf -> prf.number == number).findFirst();
    }

    /**
     * The function of a hash.
     *
     * @param hash the hash.
     * @return its HMAC.
     */
    public static Prf of(final IkeHash hash) {
        return switch (hash) {
            case SHA1 -> HMAC_SHA1;
            case SHA256 -> HMAC_SHA256;
            case SHA384 -> HMAC_SHA384;
            case SHA512 -> HMAC_SHA512;
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

    /** Octets of the output, and of the keys that IKEv2 derives for it. */
    public int octets() {
        return hash.octets();
    }

    /**
     * prf(key, data).
     *
     * @param key   of any length.
     * @param parts the data, one part behind the other.
     * @return {@link #octets()} octets.
     */
    public byte[] prf(final byte[] key, final byte[]... parts) {
        return hash.hmac(key, parts);
    }

    /**
     * prf+ (RFC 7296 section 2.13): T1 = prf(K, S | 1), Tn = prf(K, Tn-1 | S | n), one behind the other.
     *
     * @param key    K.
     * @param length octets wanted, up to 255 times the output.
     * @param seed   S, one part behind the other.
     * @return that many octets.
     * @throws IllegalArgumentException if more is wanted than the counter can number.
     */
    public byte[] plus(final byte[] key, final int length, final byte[]... seed) {
        if (length < 0 || length > MAX_BLOCKS * octets()) {
            throw new IllegalArgumentException(length + " octets are not within 0 to " + MAX_BLOCKS * octets() + " of prf+");
        }
        final Mac mac = hash.keyed(key);
        final byte[] stream = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, number = 1; done < length; done += block.length, number++) {
            mac.update(block);
            for (final byte[] part : seed) {
                mac.update(part);
            }
            mac.update((byte) number);
            block = mac.doFinal();
            System.arraycopy(block, 0, stream, done, Math.min(block.length, length - done));
        }
        return stream;
    }
}
