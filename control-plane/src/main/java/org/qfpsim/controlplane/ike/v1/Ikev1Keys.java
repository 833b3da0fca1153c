package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.IkeHash;
import org.qfpsim.controlplane.ike.crypto.KeyMaterial;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/**
 * The keys of an ISAKMP SA (RFC 2409 section 5, appendix B) and what is computed with them.
 *
 * @param hash    the hash; its HMAC is the prf.
 * @param cipher  encrypts messages.
 * @param skeyid  SKEYID.
 * @param skeyidD SKEYID_d, from which keys of IPsec SAs come.
 * @param skeyidA SKEYID_a, which authenticates.
 * @param skeyidE SKEYID_e, from which the cipher's key comes.
 * @param key     the cipher's key.
 */
record Ikev1Keys(IkeHash hash, IkeCipher cipher, byte[] skeyid, byte[] skeyidD, byte[] skeyidA, byte[] skeyidE, byte[] key) {
    private static final byte[] NOTHING = {};

    /**
     * The keys after a Diffie-Hellman exchange with a pre-shared key.
     *
     * @param chosen  the algorithms.
     * @param psk     the pre-shared key.
     * @param nonceI  the initiator's nonce.
     * @param nonceR  the responder's.
     * @param secret  g^xy.
     * @param cookies both, the initiator's first.
     * @return the keys.
     */
    static Ikev1Keys derive(final Phase1Transform chosen, final byte[] psk, final byte[] nonceI, final byte[] nonceR, final byte[] secret,
                            final byte[] cookies) {
        final IkeHash hash = chosen.hash();
        final byte[] skeyid = hash.hmac(psk, nonceI, nonceR);
        final byte[] d = hash.hmac(skeyid, secret, cookies, new byte[] {0});
        final byte[] a = hash.hmac(skeyid, d, secret, cookies, new byte[] {1});
        final byte[] e = hash.hmac(skeyid, a, secret, cookies, new byte[] {2});
        return new Ikev1Keys(hash, chosen.cipher(), skeyid, d, a, e, key(hash, e, chosen.cipher().keyOctets()));
    }

    /** RFC 2409 appendix B: a key that is longer than SKEYID_e comes from a chain of prf blocks. */
    private static byte[] key(final IkeHash hash, final byte[] skeyidE, final int octets) {
        if (octets <= skeyidE.length) {
            return Arrays.copyOf(skeyidE, octets);
        }
        byte[] block = hash.hmac(skeyidE, new byte[] {0});
        byte[] stream = block;
        while (stream.length < octets) {
            block = hash.hmac(skeyidE, block);
            stream = Octets.join(stream, block);
        }
        return Arrays.copyOf(stream, octets);
    }

    /**
     * HASH_I or HASH_R (RFC 2409 section 5).
     *
     * @param ownPublic   public value of the side that is authenticated.
     * @param otherPublic the other's.
     * @param ownCookie   cookie of that side.
     * @param otherCookie the other's.
     * @param sa          body of the initiator's SA payload.
     * @param id          body of that side's ID payload.
     * @return the hash.
     */
    byte[] authentication(final byte[] ownPublic, final byte[] otherPublic, final long ownCookie, final long otherCookie,
                          final byte[] sa, final byte[] id) {
        return hash.hmac(skeyid, ownPublic, otherPublic, Octets.of(ownCookie), Octets.of(otherCookie), sa, id);
    }

    /** IV of the first encrypted message of phase 1. */
    byte[] firstIv(final byte[] publicI, final byte[] publicR) {
        return Arrays.copyOf(hash.digest(publicI, publicR), cipher.ivOctets());
    }

    /** IV of the first message of a later exchange. */
    byte[] laterIv(final byte[] lastBlock, final int messageId) {
        return Arrays.copyOf(hash.digest(lastBlock, Octets.of(messageId)), cipher.ivOctets());
    }

    /** prf(SKEYID_a, M-ID | parts): HASH(1), HASH(2) and the hash of Informational and Transaction exchanges. */
    byte[] protection(final int messageId, final byte[]... parts) {
        return hash.hmac(skeyidA, Octets.of(messageId), Octets.join(parts));
    }

    /** HASH(3): prf(SKEYID_a, 0 | M-ID | nonces). */
    byte[] third(final int messageId, final byte[] nonceI, final byte[] nonceR) {
        return hash.hmac(skeyidA, new byte[] {0}, Octets.of(messageId), nonceI, nonceR);
    }

    /**
     * Keys of an IPsec SA (RFC 2409 section 5.5).
     *
     * @param suite  its algorithms.
     * @param spi    its SPI.
     * @param nonceI the Quick Mode initiator's nonce.
     * @param nonceR the responder's.
     * @param secret g^xy of PFS; null without.
     * @return the keys.
     */
    EspKeys child(final EspSuite suite, final int spi, final byte[] nonceI, final byte[] nonceR, final byte @Nullable [] secret) {
        final byte[] seed = Octets.join(secret == null ? NOTHING : secret, new byte[] {(byte) Isakmp.PROTO_ESP}, Octets.of(spi), nonceI,
            nonceR);
        byte[] block = hash.hmac(skeyidD, seed);
        byte[] stream = block;
        while (stream.length < KeyMaterial.octets(suite)) {
            block = hash.hmac(skeyidD, block, seed);
            stream = Octets.join(stream, block);
        }
        return KeyMaterial.keys(suite, stream, 0);
    }

    /** Never prints a key. */
    @Override
    public String toString() {
        return "Ikev1Keys[hidden]";
    }
}
