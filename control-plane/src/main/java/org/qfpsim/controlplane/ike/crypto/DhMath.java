package org.qfpsim.controlplane.ike.crypto;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a family of Diffie-Hellman groups can do. Private values are octets in the family's own form. */
sealed interface DhMath permits ModpMath, EcpMath, X25519Math {
    /** Octets of a public value on the wire. */
    int publicOctets();

    /** A private value within the family's range. */
    byte[] privateValue(RandomGenerator random);

    /** The public value of a private one. */
    byte[] publicValue(byte[] privateValue);

    /** The shared secret; empty if the peer's value is not one of the group. */
    Optional<byte[]> agree(byte[] privateValue, byte[] peer);
}
