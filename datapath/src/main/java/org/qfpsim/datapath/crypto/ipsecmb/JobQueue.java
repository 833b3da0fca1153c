package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * The job interface of one multi-buffer manager: jobs are filled in the manager's own ring and submitted; the library works on several at
 * once when {@link #complete} asks for all. The numbers are octet offsets in IMB_JOB, the same from 1.0 to 2.0.
 */
final class JobQueue {
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

    private static final int MODE_CBC = 1;
    private static final int MODE_NULL = 3;
    private static final int ENCRYPT = 1;
    private static final int DECRYPT = 2;
    private static final int CIPHER_THEN_HASH = 1;
    private static final int HASH_THEN_CIPHER = 2;
    private static final int BLOCK_BYTES = 16;

    private final long manager;
    private int submitted;
    private int completed;

    JobQueue(final long manager) {
        this.manager = manager;
    }

    /** Submits HMAC over {@code length} octets at {@code source}. */
    void hash(final HashAlgorithm hash, final long key, final long source, final long length, final long tag, final int tagBytes) {
        final long job = IpsecMbFunctions.nextJob(manager);
        RawMemory.putInt(job + CIPHER_MODE, MODE_NULL);
        RawMemory.putInt(job + DIRECTION, DECRYPT);
        RawMemory.putInt(job + CHAIN_ORDER, HASH_THEN_CIPHER);
        RawMemory.putInt(job + HASH_ALGORITHM, hash.code());
        RawMemory.putLong(job + CIPHER_START, 0);
        RawMemory.putLong(job + CIPHER_LENGTH, 0);
        RawMemory.putLong(job + DESTINATION, source);
        RawMemory.putLong(job + SOURCE, source);
        RawMemory.putLong(job + HASH_START, 0);
        RawMemory.putLong(job + HASH_LENGTH, length);
        RawMemory.putLong(job + HMAC_INNER, key + IpsecMbKeys.HMAC_INNER);
        RawMemory.putLong(job + HMAC_OUTER, key + IpsecMbKeys.HMAC_OUTER);
        RawMemory.putLong(job + TAG_OUTPUT, tag);
        RawMemory.putLong(job + TAG_LENGTH, tagBytes);
        submit();
    }

    /** Submits AES-CBC decryption of {@code length} octets in place. */
    void decryptCbc(final long key, final int keyBytes, final long iv, final long text, final long length) {
        cbc(DECRYPT, HASH_THEN_CIPHER, key, keyBytes, iv, text, length);
    }

    /** Submits AES-CBC encryption of {@code length} octets in place. */
    void encryptCbc(final long key, final int keyBytes, final long iv, final long text, final long length) {
        cbc(ENCRYPT, CIPHER_THEN_HASH, key, keyBytes, iv, text, length);
    }

    /**
     * Finishes everything submitted since the last call.
     *
     * @return whether the library gave back exactly the jobs that were submitted.
     */
    boolean complete() {
        while (completed < submitted && IpsecMbFunctions.flushJob(manager) != 0) {
            completed++;
        }
        final boolean all = completed == submitted;
        completed = 0;
        submitted = 0;
        return all;
    }

    private void cbc(final int direction, final int order, final long key, final int keyBytes, final long iv, final long text,
                     final long length) {
        final long job = IpsecMbFunctions.nextJob(manager);
        RawMemory.putInt(job + CIPHER_MODE, MODE_CBC);
        RawMemory.putInt(job + DIRECTION, direction);
        RawMemory.putInt(job + CHAIN_ORDER, order);
        RawMemory.putInt(job + HASH_ALGORITHM, HashAlgorithm.NONE.code());
        RawMemory.putLong(job + ENCRYPTION_KEYS, key);
        RawMemory.putLong(job + DECRYPTION_KEYS, key + IpsecMbKeys.DECRYPTION_SCHEDULE);
        RawMemory.putLong(job + KEY_LENGTH, keyBytes);
        RawMemory.putLong(job + SOURCE, text);
        RawMemory.putLong(job + DESTINATION, text);
        RawMemory.putLong(job + CIPHER_START, 0);
        RawMemory.putLong(job + CIPHER_LENGTH, length);
        RawMemory.putLong(job + HASH_START, 0);
        RawMemory.putLong(job + HASH_LENGTH, 0);
        RawMemory.putLong(job + IV, iv);
        RawMemory.putLong(job + IV_LENGTH, BLOCK_BYTES);
        submit();
    }

    private void submit() {
        submitted++;
        if (IpsecMbFunctions.submitJob(manager) != 0) {
            completed++;
        }
    }
}
