package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import org.qfpsim.controlplane.ike.crypto.Prf;

/**
 * The keys of an IKE SA (RFC 7296 section 2.14).
 *
 * @param d  SK_d, from which the child SAs' keys come.
 * @param ai SK_ai.
 * @param ar SK_ar.
 * @param ei SK_ei.
 * @param er SK_er.
 * @param pi SK_pi, for the initiator's AUTH.
 * @param pr SK_pr.
 */
record IkeKeys(byte[] d, byte[] ai, byte[] ar, byte[] ei, byte[] er, byte[] pi, byte[] pr) {
    /** SKEYSEED of a first IKE SA: prf(Ni | Nr, g^ir). */
    static byte[] seed(final Prf prf, final byte[] secret, final byte[] ni, final byte[] nr) {
        return prf.prf(concat(ni, nr), secret);
    }

    /** SKEYSEED of an IKE SA that replaces another (section 2.18): with the old prf, prf(SK_d, g^ir | Ni | Nr). */
    static byte[] rekeySeed(final Prf oldPrf, final byte[] oldD, final byte[] secret, final byte[] ni, final byte[] nr) {
        return oldPrf.prf(oldD, secret, ni, nr);
    }

    /** {SK_d | SK_ai | SK_ar | SK_ei | SK_er | SK_pi | SK_pr} = prf+(SKEYSEED, Ni | Nr | SPIi | SPIr). */
    static IkeKeys derive(final IkeSuite suite, final byte[] seed, final byte[] ni, final byte[] nr, final long initiatorSpi,
                          final long responderSpi) {
        final int prf = suite.prf().octets();
        final int auth = suite.integrityOctets();
        final int cipher = suite.cipher().keyOctets();
        final byte[] spis = ByteBuffer.allocate(2 * Long.BYTES).putLong(initiatorSpi).putLong(responderSpi).array();
        final ByteBuffer stream = ByteBuffer.wrap(suite.prf().plus(seed, 3 * prf + 2 * auth + 2 * cipher, ni, nr, spis));
        return new IkeKeys(take(stream, prf), take(stream, auth), take(stream, auth), take(stream, cipher), take(stream, cipher),
            take(stream, prf), take(stream, prf));
    }

    private static byte[] take(final ByteBuffer stream, final int octets) {
        final byte[] key = new byte[octets];
        stream.get(key);
        return key;
    }

    private static byte[] concat(final byte[] a, final byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    /** Never prints a key. */
    @Override
    public String toString() {
        return "IkeKeys[hidden]";
    }
}
