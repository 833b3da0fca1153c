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
    private final long nonce;
    private final long esnAad;
    private final long computed;
    private final long context;

    GcmTransform(final EspSuite suite, final LaneScratch scratch) {
        encrypt = IpsecMbFunctions.gcmEncrypt(suite.keyBytes());
        decrypt = IpsecMbFunctions.gcmDecrypt(suite.keyBytes());
        icvBytes = suite.icvBytes();
        nonce = scratch.nonce();
        esnAad = scratch.esnAad();
        computed = scratch.computedIcv();
        context = scratch.context();
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        final int status = run(decrypt, keyHandle, esp, length, esn, seqHigh, computed);
        if (status != OK) {
            return status;
        }
        return RawMemory.sameIcv(computed, esp + length - icvBytes, icvBytes) ? OK : BAD_ICV;
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        // The key stream does not depend on the additional data, so encrypting the plaintext gives the ciphertext back.
        run(encrypt, keyHandle, esp, length, false, 0, computed);
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        EspFields.putCounterIv(iv, sequence);
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        return run(encrypt, keyHandle, esp, length, esn, seqHigh, esp + length - icvBytes);
    }

    private int run(final IpsecMbFunctions.Gcm operation, final long key, final long esp, final int length, final boolean esn,
                    final int seqHigh, final long icv) {
        EspFields.putNonce(nonce, key + IpsecMbKeys.GCM_SALT, esp);
        final long aad = EspFields.additionalData(esp, esn, seqHigh, esnAad);
        final long text = esp + TEXT;
        try {
            operation.run(key, context, text, text, length - TEXT - icvBytes, nonce, aad, EspFields.additionalDataBytes(esn),
                          icv, icvBytes);
        } catch (final Throwable e) {
            return ENGINE_ERROR;
        }
        return OK;
    }
}
