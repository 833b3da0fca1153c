package org.qfpsim.controlplane.ike.v2;

import java.nio.charset.StandardCharsets;
import org.qfpsim.controlplane.ike.crypto.Prf;

/** The shared key message integrity code (RFC 7296 section 2.15). */
final class Auth {
    private static final byte[] KEY_PAD = "Key Pad for IKEv2".getBytes(StandardCharsets.US_ASCII);

    private Auth() {
    }

    /**
     * prf(prf(key, pad), first message | the other's nonce | prf(SK_p, identity)).
     *
     * @param prf       the IKE SA's.
     * @param sharedKey the pre-shared key.
     * @param message   the signer's IKE_SA_INIT message, whole.
     * @param nonce     the other end's nonce.
     * @param skp       SK_pi if the initiator signs, SK_pr otherwise.
     * @param identity  the signer's ID payload without its generic header.
     * @return the code.
     */
    static byte[] code(final Prf prf, final byte[] sharedKey, final byte[] message, final byte[] nonce, final byte[] skp,
                       final byte[] identity) {
        return prf.prf(prf.prf(sharedKey, KEY_PAD), message, nonce, prf.prf(skp, identity));
    }
}
