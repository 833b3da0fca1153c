package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** ChaCha20-Poly1305 (RFC 7634) through the library's init, update, finalize functions. */
final class ChaChaTransform implements EspTransform {
    private static final int TEXT = EspSuite.ESP_HEADER_BYTES + EspFields.COUNTER_IV_BYTES;
    private static final int ICV_BYTES = EspSuite.CHACHA20_POLY1305.icvBytes();

    private final long nonce;
    private final long esnAad;
    private final long computed;
    private final long context;

    ChaChaTransform(final LaneScratch scratch) {
        nonce = scratch.nonce();
        esnAad = scratch.esnAad();
        computed = scratch.computedIcv();
        context = scratch.context();
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        start(keyHandle, esp, esn, seqHigh);
        IpsecMbFunctions.chachaDecrypt(keyHandle, context, esp + TEXT, length - TEXT - ICV_BYTES);
        IpsecMbFunctions.chachaTag(context, computed, ICV_BYTES);
        return RawMemory.sameIcv(computed, esp + length - ICV_BYTES, ICV_BYTES) ? OK : BAD_ICV;
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        start(keyHandle, esp, false, 0);
        IpsecMbFunctions.chachaEncrypt(keyHandle, context, esp + TEXT, length - TEXT - ICV_BYTES);
        IpsecMbFunctions.chachaTag(context, computed, ICV_BYTES);
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        EspFields.putCounterIv(iv, sequence);
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        start(keyHandle, esp, esn, seqHigh);
        IpsecMbFunctions.chachaEncrypt(keyHandle, context, esp + TEXT, length - TEXT - ICV_BYTES);
        IpsecMbFunctions.chachaTag(context, esp + length - ICV_BYTES, ICV_BYTES);
        return OK;
    }

    private void start(final long key, final long esp, final boolean esn, final int seqHigh) {
        EspFields.putNonce(nonce, key + IpsecMbKeys.CHACHA_SALT, esp);
        final long aad = EspFields.additionalData(esp, esn, seqHigh, esnAad);
        IpsecMbFunctions.chachaInit(key, context, nonce, aad, EspFields.additionalDataBytes(esn));
    }
}
