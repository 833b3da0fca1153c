package org.qfpsim.controlplane.ike.v2;

import org.qfpsim.controlplane.ike.crypto.KeyMaterial;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/**
 * Keys of a pair (RFC 7296 section 2.17): KEYMAT = prf+(SK_d, [g^ir |] Ni | Nr), first the direction from the initiator to the responder.
 *
 * @param toResponder keys of packets to the exchange's responder.
 * @param toInitiator keys of packets to its initiator.
 */
record ChildKeys(EspKeys toResponder, EspKeys toInitiator) {
    static ChildKeys derive(final IkeSa.Secured secured, final EspSuite suite, final byte[] secret, final byte[] ni, final byte[] nr) {
        final int octets = KeyMaterial.octets(suite);
        final byte[] keymat = secured.suite().prf().plus(secured.keys().d(), 2 * octets, secret, ni, nr);
        return new ChildKeys(KeyMaterial.keys(suite, keymat, 0), KeyMaterial.keys(suite, keymat, octets));
    }
}
