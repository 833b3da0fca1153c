package org.qfpsim.datapath.crypto.jce;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** The keys of one SA and, per lane, the cipher objects made from them. */
final class JceSa {
    /** The lanes that one backend can have: 64 engines, gather and the known answers. */
    static final int MAX_LANES = 66;

    private final EspSuite suite;
    private final ErasableKey cipherKey;
    private final ErasableKey authKey;
    private final byte[] salt;
    private final @Nullable JceContext[] contexts = new JceContext[MAX_LANES];

    JceSa(final EspSuite suite, final EspKeys keys) {
        this.suite = suite;
        cipherKey = new ErasableKey(suite.cipher() == EspSuite.Cipher.CHACHA20_POLY1305 ? "ChaCha20" : "AES", keys.key());
        authKey = new ErasableKey("HMAC", keys.authKey());
        salt = keys.salt().clone();
    }

    /** The cipher objects of a lane, made at its first packet; each element of the array is touched by one lane only. */
    JceContext context(final int lane) {
        JceContext context = contexts[lane];
        if (context == null) {
            context = new JceContext(suite, cipherKey, authKey, salt);
            contexts[lane] = context;
        }
        return context;
    }

    /** Erases our copies of the keys; the JDK's expanded ones go with the garbage collector. */
    void erase() {
        cipherKey.destroy();
        authKey.destroy();
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(contexts, null);
    }

    /** Whether {@link #erase} was called. */
    boolean erased() {
        return cipherKey.isDestroyed() && authKey.isDestroyed();
    }
}
