package org.qfpsim.controlplane.ike.crypto;

import java.util.Optional;

/** Our half of a Diffie-Hellman exchange. */
public final class DhKey {
    private final DhGroup group;
    private final byte[] privateValue;
    private final byte[] publicValue;

    DhKey(final DhGroup group, final byte[] privateValue) {
        this.group = group;
        this.privateValue = privateValue.clone();
        publicValue = group.math().publicValue(privateValue);
    }

    /** The group. */
    public DhGroup group() {
        return group;
    }

    /** The public value as it is in a KE payload, {@link DhGroup#publicOctets()} octets. */
    public byte[] publicValue() {
        return publicValue.clone();
    }

    /**
     * The shared secret g^ir as the key derivation takes it: as long as the prime (MODP), x (ECP, RFC 5903 section 7), 32 octets (X25519).
     *
     * @param peer the peer's public value, as it came; any octets.
     * @return the secret; empty if the value is not one of this group or gives a secret that anybody knows.
     */
    public Optional<byte[]> agree(final byte[] peer) {
        return group.math().agree(privateValue, peer);
    }

    /** Never prints the private value. */
    @Override
    public String toString() {
        return "DhKey[group " + group.number() + "]";
    }
}
