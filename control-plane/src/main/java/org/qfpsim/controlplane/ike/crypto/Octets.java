package org.qfpsim.controlplane.ike.crypto;

import java.math.BigInteger;

/** Numbers as octets of a fixed length. */
final class Octets {
    private Octets() {
    }

    /** The number, most significant octet first, with zeros in front. It must fit. */
    static byte[] fixed(final BigInteger value, final int length) {
        final byte[] octets = new byte[length];
        final byte[] raw = value.toByteArray();
        final int skip = Math.max(0, raw.length - length);
        System.arraycopy(raw, skip, octets, length - raw.length + skip, raw.length - skip);
        return octets;
    }

    /** The same octets, last one first. */
    static byte[] reversed(final byte[] octets) {
        final byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return turned;
    }
}
