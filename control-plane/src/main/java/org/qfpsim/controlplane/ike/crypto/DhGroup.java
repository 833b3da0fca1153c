package org.qfpsim.controlplane.ike.crypto;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A Diffie-Hellman group by its number, which is the same in IKEv1 and IKEv2. */
public enum DhGroup {
    /** 1024 bits (RFC 2409 section 6.2). */
    MODP_1024(2, new ModpMath(1024, 129_093, 256)),
    /** 1536 bits (RFC 3526 section 2). */
    MODP_1536(5, new ModpMath(1536, 741_804, 256)),
    /** 2048 bits (RFC 3526 section 3). */
    MODP_2048(14, new ModpMath(2048, 124_476, 320)),
    /** 3072 bits (RFC 3526 section 4). */
    MODP_3072(15, new ModpMath(3072, 1_690_314, 416)),
    /** 4096 bits (RFC 3526 section 5). */
    MODP_4096(16, new ModpMath(4096, 240_904, 480)),
    /** P-256 (RFC 5903 section 3.1). */
    ECP_256(19, new EcpMath("secp256r1")),
    /** P-384 (RFC 5903 section 3.2). */
    ECP_384(20, new EcpMath("secp384r1")),
    /** P-521 (RFC 5903 section 3.3). */
    ECP_521(21, new EcpMath("secp521r1")),
    /** Curve25519 (RFC 8031). */
    X25519(31, new X25519Math());

    private final int number;
    private final DhMath math;

    DhGroup(final int number, final DhMath math) {
        this.number = number;
        this.math = math;
    }

    /**
     * Looks a group up.
     *
     * @param number such as 14.
     * @return the group; empty if it is not supported.
     */
    public static Optional<DhGroup> of(final int number) {
        return Arrays.stream(values()).filter(group -> group.number == number).findFirst();
    }

    /** The number in proposals and in the configuration. */
    public int number() {
        return number;
    }

    /** Octets of a public value in a KE payload. */
    public int publicOctets() {
        return math.publicOctets();
    }

    /**
     * Makes a new key.
     *
     * @param random where the private value comes from: the same state, the same key.
     * @return the key.
     */
    public DhKey generate(final RandomGenerator random) {
        return new DhKey(this, math.privateValue(random));
    }

    /**
     * A key with a given private value, for known answers.
     *
     * @param privateValue most significant octet first; X25519: the 32 octets of RFC 7748.
     * @return the key.
     * @throws IllegalArgumentException if the value is out of range.
     */
    public DhKey withPrivateValue(final byte[] privateValue) {
        return new DhKey(this, privateValue);
    }

    DhMath math() {
        return math;
    }
}
