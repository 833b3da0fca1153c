package org.qfpsim.controlplane.ike;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Where the keys of IKE SAs and of their children go when somebody wants to read a capture of them; nowhere, unless a user has asked for
 * it.
 */
public interface IkeKeyLog {
    /** Keeps nothing. */
    IkeKeyLog NONE = new IkeKeyLog() {
        @Override
        public void ikev1(final long initiatorCookie, final byte[] key) {
        }

        @Override
        public void ikev2(final long initiatorSpi, final long responderSpi, final IkeCipher cipher, final byte[] initiatorKey,
                          final byte[] responderKey, final @Nullable Integrity integrity, final byte[] initiatorAuth,
                          final byte[] responderAuth) {
        }

        @Override
        public void esp(final SaSpec sa) {
        }
    };

    /**
     * An IKEv1 SA has its keys: a row of Wireshark's {@code ikev1_decryption_table}.
     *
     * @param initiatorCookie the initiator's cookie.
     * @param key             the encryption key.
     */
    void ikev1(long initiatorCookie, byte[] key);

    /**
     * An IKEv2 SA has its keys: a row of Wireshark's {@code ikev2_decryption_table}.
     *
     * @param initiatorSpi  the initiator's SPI.
     * @param responderSpi  the responder's SPI.
     * @param cipher        the cipher.
     * @param initiatorKey  SK_ei, with GCM its salt at the end.
     * @param responderKey  SK_er.
     * @param integrity     the integrity algorithm; null with GCM.
     * @param initiatorAuth SK_ai; empty with GCM.
     * @param responderAuth SK_ar; empty with GCM.
     */
    void ikev2(long initiatorSpi, long responderSpi, IkeCipher cipher, byte[] initiatorKey, byte[] responderKey,
               @Nullable Integrity integrity, byte[] initiatorAuth, byte[] responderAuth);

    /**
     * An ESP SA is installed: a row of Wireshark's {@code esp_sa}.
     *
     * @param sa the SA with its keys, of either direction.
     */
    void esp(SaSpec sa);
}
