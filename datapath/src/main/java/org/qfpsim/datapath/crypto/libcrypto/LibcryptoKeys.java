package org.qfpsim.datapath.crypto.libcrypto;

import org.agrona.collections.LongHashSet;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.memory.KeySlab;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * The keys of all SAs, off heap, with room for the contexts that each lane makes at its first packet of an SA; a handle is the address of
 * an entry:
 * <pre>
 *   0 key (32)   32 salt (4)   64 integrity key (64)   128 + 32 * lane: cipher context, CBC encryption context, HMAC context
 * </pre>
 */
final class LibcryptoKeys implements AutoCloseable {
    /** The lanes that one backend can have: 64 engines, gather and the known answers. */
    static final int MAX_LANES = 66;

    static final int SALT = 32;

    private static final int AUTH_KEY = 64;
    private static final int LANES = 128;
    private static final int LANE_BYTES = 32;
    private static final int CIPHER = 0;
    private static final int CBC_ENCRYPTION = 8;
    private static final int HMAC = 16;

    private final KeySlab slab = new KeySlab(LANES + MAX_LANES * LANE_BYTES);
    private final LongHashSet installed = new LongHashSet();

    long install(final EspKeys keys) {
        final long entry = slab.allocate();
        RawMemory.write(keys.key(), 0, entry, keys.key().length);
        RawMemory.write(keys.salt(), 0, entry + SALT, keys.salt().length);
        RawMemory.write(keys.authKey(), 0, entry + AUTH_KEY, keys.authKey().length);
        installed.add(entry);
        return entry;
    }

    void release(final long entry) {
        installed.remove(entry);
        freeContexts(entry);
        slab.release(entry);
    }

    @Override
    public void close() {
        final LongHashSet.LongIterator entries = installed.iterator();
        while (entries.hasNext()) {
            freeContexts(entries.nextValue());
        }
        slab.close();
    }

    /** The context that decrypts, and for combined modes also encrypts; 0 if the library cannot make one. */
    static long cipher(final long entry, final int lane, final long algorithm) {
        return cipher(entry, slot(entry, lane) + CIPHER, algorithm, LibcryptoFunctions.DECRYPT);
    }

    /** The context that encrypts AES-CBC, whose key schedule is another one; 0 if the library cannot make one. */
    static long cbcEncryption(final long entry, final int lane, final long algorithm) {
        return cipher(entry, slot(entry, lane) + CBC_ENCRYPTION, algorithm, LibcryptoFunctions.ENCRYPT);
    }

    /** The HMAC context; 0 if the library cannot make one. */
    static long hmac(final long entry, final int lane, final long digest, final int keyBytes) {
        final long slot = slot(entry, lane) + HMAC;
        long context = RawMemory.getLong(slot);
        if (context == 0) {
            context = LibcryptoFunctions.newHmac(digest, entry + AUTH_KEY, keyBytes);
            RawMemory.putLong(slot, context);
        }
        return context;
    }

    private static long cipher(final long entry, final long slot, final long algorithm, final int direction) {
        long context = RawMemory.getLong(slot);
        if (context == 0) {
            context = LibcryptoFunctions.newCipher(algorithm, entry, direction);
            RawMemory.putLong(slot, context);
        }
        return context;
    }

    private static long slot(final long entry, final int lane) {
        return entry + LANES + (long) lane * LANE_BYTES;
    }

    private static void freeContexts(final long entry) {
        for (int lane = 0; lane < MAX_LANES; lane++) {
            final long slot = slot(entry, lane);
            LibcryptoFunctions.freeCipher(RawMemory.getLong(slot + CIPHER));
            LibcryptoFunctions.freeCipher(RawMemory.getLong(slot + CBC_ENCRYPTION));
            LibcryptoFunctions.freeHmac(RawMemory.getLong(slot + HMAC));
        }
    }
}
