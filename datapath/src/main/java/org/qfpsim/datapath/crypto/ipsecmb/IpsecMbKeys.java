package org.qfpsim.datapath.crypto.ipsecmb;

import java.lang.foreign.Arena;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.memory.KeySlab;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * The expanded keys of all SAs, off heap; a handle is the address of an entry. Layouts:
 * <pre>
 *   AES-GCM             0 gcm_key_data (1,008 octets up to 1.3, 1,264 from 1.4), the salt within or behind it 1,280
 *   ChaCha20-Poly1305   0 key   32 salt                                                                        640
 *   AES-CBC, NULL       0 encryption schedule   256 decryption schedule   512 HMAC inner state   576 outer     640
 * </pre>
 */
final class IpsecMbKeys implements AutoCloseable {
    /** Behind the key data. */
    private static final int GCM_SALT_256 = 1264;
    private static final int BLOCK = 16;
    /** Rounds of AES with a key of no octets: one more for each word. */
    private static final int ROUNDS = 6;
    private static final int MOST_ROUND_KEYS = 15;
    static final int CHACHA_SALT = 32;
    static final int DECRYPTION_SCHEDULE = 256;
    static final int HMAC_INNER = 512;
    static final int HMAC_OUTER = 576;

    private static final int GCM_ENTRY_BYTES = 1280;
    private static final int LINE = 64;
    /** Where 1.3 has the low powers of the hash key: all that a short packet needs. */
    private static final int GCM_LOW_POWERS = 896;
    private static final int SMALL_ENTRY_BYTES = 640;
    private static final int STAGING_BYTES = 128;
    private static final int INNER_PAD = 0x36;
    private static final int OUTER_PAD = 0x5c;

    private final Arena arena = Arena.ofShared();
    private final long staging = RawMemory.allocate(arena, STAGING_BYTES);
    private final KeySlab gcm = new KeySlab(GCM_ENTRY_BYTES);
    private final KeySlab small = new KeySlab(SMALL_ENTRY_BYTES);

    long install(final EspSuite suite, final EspKeys keys) {
        final long entry = slab(suite).allocate();
        RawMemory.write(keys.key(), 0, staging, keys.key().length);
        switch (suite.cipher()) {
            case AES_GCM -> {
                IpsecMbFunctions.gcmExpandKey(suite.keyBytes(), staging, entry);
                RawMemory.write(keys.salt(), 0, entry + gcmSalt(suite.keyBytes()), keys.salt().length);
            }
            case CHACHA20_POLY1305 -> {
                RawMemory.copy(staging, entry, suite.keyBytes());
                RawMemory.write(keys.salt(), 0, entry + CHACHA_SALT, keys.salt().length);
            }
            case AES_CBC -> IpsecMbFunctions.aesExpandKey(suite.keyBytes(), staging, entry, entry + DECRYPTION_SCHEDULE);
            case NULL -> { }
        }
        if (suite.auth() != EspSuite.Auth.NONE) {
            final HashAlgorithm hash = HashAlgorithm.of(suite.auth());
            hmacState(hash, keys.authKey(), INNER_PAD, entry + HMAC_INNER);
            hmacState(hash, keys.authKey(), OUTER_PAD, entry + HMAC_OUTER);
        }
        RawMemory.erase(staging, STAGING_BYTES);
        return entry;
    }

    void release(final EspSuite suite, final long handle) {
        slab(suite).release(handle);
    }

    @Override
    public void close() {
        gcm.close();
        small.close();
        arena.close();
    }

    /**
     * Where the salt is: the key data begins with room for the 15 round keys of AES-256, and what shorter keys leave of it nobody else
     * uses; there it is in a cache line that each packet needs anyway.
     *
     * @param keyBytes octets of the key.
     * @return offset in the entry.
     */
    static int gcmSalt(final int keyBytes) {
        final int roundKeys = ROUNDS + keyBytes / Integer.BYTES + 1;
        return roundKeys == MOST_ROUND_KEYS ? GCM_SALT_256 : roundKeys * BLOCK;
    }

    /**
     * Reads a word of each cache line that a short packet needs.
     *
     * @param entry of AES-GCM.
     * @return a number that depends on all of them.
     */
    static long touchGcm(final long entry) {
        return RawMemory.getLong(entry) + RawMemory.getLong(entry + LINE) + RawMemory.getLong(entry + 2 * LINE)
            + RawMemory.getLong(entry + GCM_LOW_POWERS) + RawMemory.getLong(entry + GCM_LOW_POWERS + LINE);
    }

    private KeySlab slab(final EspSuite suite) {
        return suite.cipher() == EspSuite.Cipher.AES_GCM ? gcm : small;
    }

    /** The hash state after the padded key (RFC 2104 section 4): each packet then starts from there. */
    private void hmacState(final HashAlgorithm hash, final byte[] key, final int pad, final long state) {
        for (int i = 0; i < hash.blockBytes(); i++) {
            RawMemory.putByte(staging + i, (i < key.length ? key[i] : 0) ^ pad);
        }
        IpsecMbFunctions.hashOneBlock(hash, staging, state);
    }
}
