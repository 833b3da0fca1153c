package org.qfpsim.controlplane.ike.v1;

import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;

/** Where cookies, nonces, message ids and private values come from. */
interface Entropy {
    /** Octets of a nonce; RFC 2409 section 5 allows 8 to 256. */
    int NONCE = 20;

    /** A cookie, never 0. */
    long cookie();

    /** A nonce. */
    byte[] nonce();

    /** A message id, never 0. */
    int messageId();

    /** Our half of a Diffie-Hellman exchange. */
    DhKey key(DhGroup group);

    /** From a generator: the same state, the same run. */
    static Entropy of(final RandomGenerator random) {
        return new Entropy() {
            @Override
            public long cookie() {
                return nonZero(random.nextLong());
            }

            @Override
            public byte[] nonce() {
                final byte[] nonce = new byte[NONCE];
                random.nextBytes(nonce);
                return nonce;
            }

            @Override
            public int messageId() {
                return (int) nonZero(random.nextInt());
            }

            @Override
            public DhKey key(final DhGroup group) {
                return group.generate(random);
            }

            private long nonZero(final long value) {
                return value == 0 ? 1 : value;
            }
        };
    }
}
