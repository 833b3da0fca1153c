package org.qfpsim.controlplane.ike.crypto;

import java.util.Arrays;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/**
 * How KEYMAT becomes the keys of an ESP SA. For each direction: the cipher's key, its salt (RFC 4106 section 8.1), then the integrity key
 * (RFC 7296 section 2.17, RFC 2407 section 4.4.4). IKEv1 has a stream for each SPI; IKEv2 has one, the initiator's direction first.
 */
public final class KeyMaterial {
    private KeyMaterial() {
    }

    /**
     * Octets that one direction needs.
     *
     * @param suite the algorithms.
     * @return octets of KEYMAT.
     */
    public static int octets(final EspSuite suite) {
        return suite.keyBytes() + suite.saltBytes() + suite.authKeyBytes();
    }

    /**
     * Cuts the keys of one direction out of the stream.
     *
     * @param suite  the algorithms.
     * @param keymat the stream.
     * @param offset where this direction begins.
     * @return the keys.
     * @throws IllegalArgumentException if the stream is too short.
     */
    public static EspKeys keys(final EspSuite suite, final byte[] keymat, final int offset) {
        if (offset < 0 || keymat.length - offset < octets(suite)) {
            throw new IllegalArgumentException(keymat.length + " octets of KEYMAT are too few for " + suite + " at " + offset);
        }
        final int salt = offset + suite.keyBytes();
        final int auth = salt + suite.saltBytes();
        return new EspKeys(Arrays.copyOfRange(keymat, offset, salt), Arrays.copyOfRange(keymat, salt, auth),
            Arrays.copyOfRange(keymat, auth, auth + suite.authKeyBytes()));
    }
}
