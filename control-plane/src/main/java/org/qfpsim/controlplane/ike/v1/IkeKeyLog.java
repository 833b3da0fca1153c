package org.qfpsim.controlplane.ike.v1;

/** Is told the keys of ISAKMP SAs, so that a capture can be decrypted (Wireshark's {@code ikev1_decryption_table}). */
@FunctionalInterface
public interface IkeKeyLog {
    /** Writes nothing. */
    IkeKeyLog OFF = (cookieI, cookieR, key) -> {
    };

    /**
     * The keys of an ISAKMP SA are known.
     *
     * @param cookieI the initiator's cookie.
     * @param cookieR the responder's cookie.
     * @param key     the cipher's key.
     */
    void isakmpSa(long cookieI, long cookieR, byte[] key);
}
