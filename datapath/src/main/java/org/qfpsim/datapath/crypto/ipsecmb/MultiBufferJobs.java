package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * Jobs of one lane: submitted one by one, worked on several at once at the latest when {@link #complete} asks for all. The numbers are
 * octet offsets in IMB_JOB, the same from 1.0 to 2.0.
 */
abstract class MultiBufferJobs {
    /** Where the library writes what became of a job. */
    static final int STATUS = 128;

    private static final int ENCRYPTION_KEYS = 0;
    private static final int DECRYPTION_KEYS = 8;
    private static final int KEY_LENGTH = 16;
    private static final int SOURCE = 24;
    private static final int DESTINATION = 32;
    private static final int CIPHER_START = 40;
    private static final int CIPHER_LENGTH = 48;
    private static final int HASH_START = 56;
    private static final int HASH_LENGTH = 64;
    private static final int IV = 72;
    private static final int IV_LENGTH = 80;
    private static final int TAG_OUTPUT = 88;
    private static final int TAG_LENGTH = 96;
    private static final int HMAC_INNER = 104;
    private static final int HMAC_OUTER = 112;
    private static final int CIPHER_MODE = 132;
    private static final int DIRECTION = 136;
    private static final int HASH_ALGORITHM = 140;
    private static final int CHAIN_ORDER = 144;

    private static final int MODE_NULL = 3;
    private static final int CIPHER_THEN_HASH = 1;
    private static final int HASH_THEN_CIPHER = 2;
    private static final int BLOCK_BYTES = 16;

    /** What a job does; jobs of one kind may be worked on together. */
    enum Kind {
        HMAC_SHA1(HashAlgorithm.SHA1, 0, false),
        HMAC_SHA256(HashAlgorithm.SHA256, 0, false),
        HMAC_SHA384(HashAlgorithm.SHA384, 0, false),
        HMAC_SHA512(HashAlgorithm.SHA512, 0, false),
        ENCRYPT_128(HashAlgorithm.NONE, 16, true),
        ENCRYPT_192(HashAlgorithm.NONE, 24, true),
        ENCRYPT_256(HashAlgorithm.NONE, 32, true),
        DECRYPT_128(HashAlgorithm.NONE, 16, false),
        DECRYPT_192(HashAlgorithm.NONE, 24, false),
        DECRYPT_256(HashAlgorithm.NONE, 32, false);

        /** IMB_CIPHER_CBC. */
        static final int MODE_CBC = 1;

        private final HashAlgorithm hash;
        private final int keyBytes;
        private final boolean encrypts;

        Kind(final HashAlgorithm hash, final int keyBytes, final boolean encrypts) {
            this.hash = hash;
            this.keyBytes = keyBytes;
            this.encrypts = encrypts;
        }

        static Kind hmac(final HashAlgorithm hash) {
            return switch (hash) {
                case SHA1 -> HMAC_SHA1;
                case SHA256 -> HMAC_SHA256;
                case SHA384 -> HMAC_SHA384;
                case SHA512 -> HMAC_SHA512;
                case NONE -> throw new IllegalArgumentException("no hash");
            };
        }

        static Kind encryption(final int keyBytes) {
            return keyBytes == 16 ? ENCRYPT_128 : keyBytes == 24 ? ENCRYPT_192 : ENCRYPT_256;
        }

        static Kind decryption(final int keyBytes) {
            return keyBytes == 16 ? DECRYPT_128 : keyBytes == 24 ? DECRYPT_192 : DECRYPT_256;
        }

        HashAlgorithm hash() {
            return hash;
        }

        int keyBytes() {
            return keyBytes;
        }

        /** IMB_DIR_ENCRYPT or IMB_DIR_DECRYPT. */
        int direction() {
            return encrypts ? 1 : 2;
        }
    }

    /** Adds HMAC over {@code length} octets at {@code source}. */
    final void hmac(final Kind kind, final long key, final long source, final long length, final long tag, final int tagBytes) {
        final long job = next(kind);
        RawMemory.putLong(job + SOURCE, source);
        RawMemory.putLong(job + DESTINATION, source);
        RawMemory.putLong(job + CIPHER_START, 0);
        RawMemory.putLong(job + CIPHER_LENGTH, 0);
        RawMemory.putLong(job + HASH_START, 0);
        RawMemory.putLong(job + HASH_LENGTH, length);
        RawMemory.putLong(job + HMAC_INNER, key + IpsecMbKeys.HMAC_INNER);
        RawMemory.putLong(job + HMAC_OUTER, key + IpsecMbKeys.HMAC_OUTER);
        RawMemory.putLong(job + TAG_OUTPUT, tag);
        RawMemory.putLong(job + TAG_LENGTH, tagBytes);
        algorithms(job, MODE_NULL, kind.direction(), kind.hash().code(), HASH_THEN_CIPHER);
        submit();
    }

    /** Adds AES-CBC over {@code length} octets in place. */
    final void cbc(final Kind kind, final long key, final long iv, final long text, final long length) {
        final long job = next(kind);
        RawMemory.putLong(job + ENCRYPTION_KEYS, key);
        RawMemory.putLong(job + DECRYPTION_KEYS, key + IpsecMbKeys.DECRYPTION_SCHEDULE);
        RawMemory.putLong(job + KEY_LENGTH, kind.keyBytes());
        RawMemory.putLong(job + SOURCE, text);
        RawMemory.putLong(job + DESTINATION, text);
        RawMemory.putLong(job + CIPHER_START, 0);
        RawMemory.putLong(job + CIPHER_LENGTH, length);
        RawMemory.putLong(job + HASH_START, 0);
        RawMemory.putLong(job + HASH_LENGTH, 0);
        RawMemory.putLong(job + IV, iv);
        RawMemory.putLong(job + IV_LENGTH, BLOCK_BYTES);
        algorithms(job, Kind.MODE_CBC, kind.direction(), HashAlgorithm.NONE.code(), kind.encrypts ? CIPHER_THEN_HASH : HASH_THEN_CIPHER);
        submit();
    }

    /**
     * Finishes everything added since the last call.
     *
     * @return whether the library completed exactly the jobs that were added.
     */
    abstract boolean complete();

    /** The place of the next job. */
    abstract long next(Kind kind);

    /** The job at the last {@link #next} is filled in. */
    abstract void submit();

    private static void algorithms(final long job, final int mode, final int direction, final int hash, final int order) {
        RawMemory.putInt(job + CIPHER_MODE, mode);
        RawMemory.putInt(job + DIRECTION, direction);
        RawMemory.putInt(job + HASH_ALGORITHM, hash);
        RawMemory.putInt(job + CHAIN_ORDER, order);
    }
}
