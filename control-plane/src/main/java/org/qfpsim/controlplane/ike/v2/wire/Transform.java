package org.qfpsim.controlplane.ike.v2.wire;

/**
 * One algorithm of a proposal (RFC 7296 section 3.3.2).
 *
 * @param type       1 encryption, 2 prf, 3 integrity, 4 Diffie-Hellman group, 5 extended sequence numbers.
 * @param id         the algorithm.
 * @param keyBits    the key length attribute; 0 if there is none.
 * @param understood whether there was no attribute beside it; with one that is not known the transform must not be chosen.
 */
public record Transform(int type, int id, int keyBits, boolean understood) {
    /** Encryption. */
    public static final int ENCRYPTION = 1;
    /** Pseudorandom function. */
    public static final int PRF = 2;
    /** Integrity. */
    public static final int INTEGRITY = 3;
    /** Diffie-Hellman group. */
    public static final int GROUP = 4;
    /** Extended sequence numbers: 0 no, 1 yes. */
    public static final int ESN = 5;

    /**
     * A transform without attributes.
     *
     * @param type the type.
     * @param id   the algorithm.
     */
    public Transform(final int type, final int id) {
        this(type, id, 0, true);
    }

    /**
     * A cipher with a key length.
     *
     * @param id      the cipher.
     * @param keyBits bits of the key; 0 sends no attribute.
     * @return the transform.
     */
    public static Transform cipher(final int id, final int keyBits) {
        return new Transform(ENCRYPTION, id, keyBits, true);
    }
}
