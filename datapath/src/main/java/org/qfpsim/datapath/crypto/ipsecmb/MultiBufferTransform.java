package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.ipsecmb.MultiBufferJobs.Kind;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * AES-CBC with or without HMAC, and NULL with HMAC. Opening is worth doing for many packets at once (3 to 4 times faster), so it waits for
 * the flush; sealing and restoring are done at once.
 */
final class MultiBufferTransform implements EspTransform {
    private final Parameters suite;
    private final MultiBufferJobs jobs;
    private final PendingPackets pending;
    private final long zeros;
    private final long computed;

    /**
     * What differs between the suites.
     *
     * @param authenticated whether there is HMAC, then {@code hmac} is its job.
     * @param encrypted     whether there is AES-CBC, then {@code encryption} and {@code decryption} are its jobs.
     * @param textOffset    octets from the SPI to the ciphertext.
     * @param icvBytes      octets of the ICV.
     */
    record Parameters(boolean authenticated, Kind hmac, boolean encrypted, Kind encryption, Kind decryption, int textOffset, int icvBytes) {
        static final int IV_OFFSET = EspSuite.ESP_HEADER_BYTES;

        static Parameters of(final EspSuite suite) {
            final boolean authenticated = suite.auth() != EspSuite.Auth.NONE;
            return new Parameters(authenticated, authenticated ? Kind.hmac(HashAlgorithm.of(suite.auth())) : Kind.HMAC_SHA1,
                suite.cipher() == EspSuite.Cipher.AES_CBC, Kind.encryption(suite.keyBytes()), Kind.decryption(suite.keyBytes()),
                IV_OFFSET + suite.ivBytes(), suite.icvBytes());
        }
    }

    MultiBufferTransform(final EspSuite suite, final MultiBufferJobs jobs, final PendingPackets pending, final LaneScratch scratch) {
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
        if (suite.encrypted()) {
            EspFields.putSequenceBlock(iv, sequence);
            jobs.cbc(suite.encryption(), keyHandle, zeros, iv, 2 * Long.BYTES);
            jobs.complete();
        }
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        return encrypt(keyHandle, esp, length) && authenticate(keyHandle, esp, length, esn, seqHigh) ? OK : ENGINE_ERROR;
    }

    private boolean encrypt(final long key, final long esp, final int length) {
        if (!suite.encrypted()) {
            return true;
        }
        final long textBytes = length - suite.textOffset() - suite.icvBytes();
        jobs.cbc(suite.encryption(), key, esp + Parameters.IV_OFFSET, esp + suite.textOffset(), textBytes);
        return jobs.complete();
    }

    private boolean authenticate(final long key, final long esp, final int length, final boolean esn, final int seqHigh) {
        if (!suite.authenticated()) {
            return true;
        }
        int covered = length - suite.icvBytes();
        final long icv = esp + covered;
        if (esn) {
            RawMemory.putNetworkInt(icv, seqHigh);
            covered += Integer.BYTES;
        }
        jobs.hmac(suite.hmac(), key, esp, covered, computed, suite.icvBytes());
        final boolean hashed = jobs.complete();
        RawMemory.copy(computed, icv, suite.icvBytes());
        return hashed;
    }
}
