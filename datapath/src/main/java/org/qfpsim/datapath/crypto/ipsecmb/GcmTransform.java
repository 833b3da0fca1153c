package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** AES-GCM (RFC 4106): one call per packet, which measured faster than the job interface. */
final class GcmTransform implements EspTransform {
    private static final int TEXT = EspSuite.ESP_HEADER_BYTES + EspFields.COUNTER_IV_BYTES;

    private final IpsecMbFunctions.Gcm encrypt;
    private final IpsecMbFunctions.Gcm decrypt;
    private final int icvBytes;
    private final long prepared;
    private final long computed;
    private final long context;

    GcmTransform(final EspSuite suite, final LaneScratch scratch) {
        encrypt = IpsecMbFunctions.gcmEncrypt(suite.keyBytes());
        decrypt = IpsecMbFunctions.gcmDecrypt(suite.keyBytes());
        icvBytes = suite.icvBytes();
        prepared = scratch.prepared();
        computed = scratch.computedIcv();
        context = scratch.context();
    }

    @Override
    public void prepare(final long keyHandle, final long esp, final boolean esn, final int seqHigh, final int tag) {
        final long at = prepared + (long) tag * LaneScratch.PREPARED_BYTES;
        EspFields.putNonce(at, keyHandle + IpsecMbKeys.GCM_SALT, esp);
        EspFields.additionalData(esp, esn, seqHigh, at + LaneScratch.PREPARED_AAD);
    }

    @Override
    public int openPrepared(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        final int status = run(decrypt, keyHandle, esp, length, esn, prepared + (long) tag * LaneScratch.PREPARED_BYTES, computed);
        if (status != OK) {
            return status;
        }
        return RawMemory.sameIcv(computed, esp + length - icvBytes, icvBytes) ? OK : BAD_ICV;
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        prepare(keyHandle, esp, esn, seqHigh, tag);
        return openPrepared(keyHandle, esp, length, esn, seqHigh, tag);
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        // The key stream does not depend on the additional data, so encrypting the plaintext gives the ciphertext back.
        prepare(keyHandle, esp, false, 0, 0);
        run(encrypt, keyHandle, esp, length, false, prepared, computed);
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        EspFields.putCounterIv(iv, sequence);
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        prepare(keyHandle, esp, esn, seqHigh, 0);
        return run(encrypt, keyHandle, esp, length, esn, prepared, esp + length - icvBytes);
    }

    private int run(final IpsecMbFunctions.Gcm operation, final long key, final long esp, final int length, final boolean esn,
                    final long beside, final long icv) {
        final long aad = esn ? beside + LaneScratch.PREPARED_AAD : esp;
        final long text = esp + TEXT;
        try {
            operation.run(key, context, text, text, length - TEXT - icvBytes, beside, aad, EspFields.additionalDataBytes(esn),
                          icv, icvBytes);
        } catch (final Throwable e) {
            return ENGINE_ERROR;
        }
        return OK;
    }
}
