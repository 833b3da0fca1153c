package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;

/** The chain of IVs of one exchange: each message begins where the last one ended, whoever sent it (RFC 2409 appendix B). */
final class CbcChain {
    private static final byte[] NO_AAD = {};

    private final Ikev1Keys keys;
    private byte[] iv;

    CbcChain(final Ikev1Keys keys, final byte[] iv) {
        this.keys = keys;
        this.iv = iv;
    }

    /** The last ciphertext block, or the first IV. */
    byte[] last() {
        return iv;
    }

    /** Encrypts a message's payloads, filled up with zeros to whole blocks. */
    byte[] encrypt(final byte[] plain) {
        final int block = keys.cipher().blockOctets();
        final byte[] whole = Arrays.copyOf(plain, (plain.length + block - 1) / block * block);
        final byte[] sealed = keys.cipher().encrypt(keys.key(), iv, NO_AAD, whole);
        advance(sealed);
        return sealed;
    }

    /**
     * Decrypts a message. The chain stays where it is until {@link #advance} says that the message is good: anybody can send garbage.
     *
     * @param sealed whole blocks.
     * @return what is inside, padding included.
     * @throws MalformedException if it is not whole blocks.
     */
    byte[] decrypt(final byte[] sealed) throws MalformedException {
        return keys.cipher().decrypt(keys.key(), iv, NO_AAD, sealed).orElseThrow(() -> new MalformedException("not whole blocks"));
    }

    /** The message was good: the chain goes on behind it. */
    void advance(final byte[] sealed) {
        iv = Arrays.copyOfRange(sealed, sealed.length - keys.cipher().ivOctets(), sealed.length);
    }
}
