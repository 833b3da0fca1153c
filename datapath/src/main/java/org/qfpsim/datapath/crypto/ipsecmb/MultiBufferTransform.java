package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * AES-CBC with or without HMAC, and NULL with HMAC. Opening is worth doing for many packets at once (3 to 4 times faster), so it waits for
 * the flush; sealing and restoring are done at once.
 */
final class MultiBufferTransform implements EspTransform {
    private final Parameters suite;
    private final JobQueue jobs;
    private final PendingPackets pending;
    private final long zeros;
    private final long computed;

    /**
     * What differs between the suites.
     *
     * @param hash           the hash under HMAC.
     * @param cipherKeyBytes octets of the AES key; 0 for NULL encryption.
     * @param textOffset     octets from the SPI to the ciphertext.
     * @param icvBytes       octets of the ICV.
     */
    record Parameters(HashAlgorithm hash, int cipherKeyBytes, int textOffset, int icvBytes) {
        static final int IV_OFFSET = EspSuite.ESP_HEADER_BYTES;

        static Parameters of(final EspSuite suite) {
            return new Parameters(HashAlgorithm.of(suite.auth()), suite.keyBytes(), IV_OFFSET + suite.ivBytes(), suite.icvBytes());
        }
    }

    MultiBufferTransform(final EspSuite suite, final JobQueue jobs, final PendingPackets pending, final LaneScratch scratch) {
        this.suite = Parameters.of(suite);
        this.jobs = jobs;
        this.pending = pending;
        zeros = scratch.zeros();
        computed = scratch.computedIcv();
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        return pending.add(suite, keyHandle, esp, length, esn, seqHigh, tag);
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        if (status == OK) {
            encrypt(keyHandle, esp, length);
        }
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        if (suite.cipherKeyBytes() != 0) {
            EspFields.putSequenceBlock(iv, sequence);
            jobs.encryptCbc(keyHandle, suite.cipherKeyBytes(), zeros, iv, 2 * Long.BYTES);
            jobs.complete();
        }
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        return encrypt(keyHandle, esp, length) && authenticate(keyHandle, esp, length, esn, seqHigh) ? OK : ENGINE_ERROR;
    }

    private boolean encrypt(final long key, final long esp, final int length) {
        if (suite.cipherKeyBytes() == 0) {
            return true;
        }
        final long textBytes = length - suite.textOffset() - suite.icvBytes();
        jobs.encryptCbc(key, suite.cipherKeyBytes(), esp + Parameters.IV_OFFSET, esp + suite.textOffset(), textBytes);
        return jobs.complete();
    }

    private boolean authenticate(final long key, final long esp, final int length, final boolean esn, final int seqHigh) {
        if (suite.hash() == HashAlgorithm.NONE) {
            return true;
        }
        int covered = length - suite.icvBytes();
        final long icv = esp + covered;
        if (esn) {
            EspFields.putBigEndian(icv, seqHigh);
            covered += Integer.BYTES;
        }
        jobs.hash(suite.hash(), key, esp, covered, computed, suite.icvBytes());
        final boolean hashed = jobs.complete();
        RawMemory.copy(computed, icv, suite.icvBytes());
        return hashed;
    }
}
