package org.qfpsim.controlplane.ike.v2;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.controlplane.ike.crypto.Prf;

/**
 * The algorithms of an IKE SA.
 *
 * @param cipher    encryption.
 * @param integrity null if the cipher authenticates too.
 * @param prf       pseudorandom function.
 * @param group     Diffie-Hellman group.
 */
record IkeSuite(IkeCipher cipher, @Nullable Integrity integrity, Prf prf, DhGroup group) {
    int integrityOctets() {
        return integrity == null ? 0 : integrity.keyOctets();
    }
}
