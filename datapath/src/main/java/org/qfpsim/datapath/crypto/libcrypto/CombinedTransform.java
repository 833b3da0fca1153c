package org.qfpsim.datapath.crypto.libcrypto;

import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.DECRYPT;
import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.ENCRYPT;
import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.control;
import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.finish;
import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.start;
import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.update;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.EspFields;

/** AES-GCM (RFC 4106) and ChaCha20-Poly1305 (RFC 7634). */
final class CombinedTransform implements EspTransform {
    private static final int TEXT = EspSuite.ESP_HEADER_BYTES + EspFields.COUNTER_IV_BYTES;

    private final long algorithm;
    private final int icvBytes;
    private final int lane;
    private final long nonce;
    private final long esnAad;
    private final long outLength;

    CombinedTransform(final EspSuite suite, final int lane, final LaneScratch scratch) {
        algorithm = Algorithms.of(suite).cipher();
        icvBytes = suite.icvBytes();
        this.lane = lane;
        nonce = scratch.block();
        esnAad = scratch.esnAad();
        outLength = scratch.outLength();
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        final long context = LibcryptoKeys.cipher(keyHandle, lane, algorithm);
        final long text = esp + TEXT;
        if (context == 0 || !startPacket(context, keyHandle, esp, DECRYPT)
            || !control(context, LibcryptoFunctions.SET_TAG, icvBytes, esp + length - icvBytes)
            || !addHeader(context, esp, esn, seqHigh)
            || !update(context, text, outLength, text, length - TEXT - icvBytes)) {
            return ENGINE_ERROR;
        }
        return finish(context, text, outLength) ? OK : BAD_ICV;
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        // The key stream does not depend on the additional data, so encrypting the plaintext gives the ciphertext back.
        final long context = LibcryptoKeys.cipher(keyHandle, lane, algorithm);
        if (!startPacket(context, keyHandle, esp, ENCRYPT)
            || !update(context, esp + TEXT, outLength, esp + TEXT, length - TEXT - icvBytes)) {
            throw new IllegalStateException("libcrypto cannot encrypt");
        }
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        EspFields.putCounterIv(iv, sequence);
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        final long context = LibcryptoKeys.cipher(keyHandle, lane, algorithm);
        final long text = esp + TEXT;
        final boolean sealed = context != 0 && startPacket(context, keyHandle, esp, ENCRYPT)
            && addHeader(context, esp, esn, seqHigh)
            && update(context, text, outLength, text, length - TEXT - icvBytes)
            && finish(context, esp + length - icvBytes, outLength)
            && control(context, LibcryptoFunctions.GET_TAG, icvBytes, esp + length - icvBytes);
        return sealed ? OK : ENGINE_ERROR;
    }

    private boolean startPacket(final long context, final long key, final long esp, final int direction) {
        EspFields.putNonce(nonce, key + LibcryptoKeys.SALT, esp);
        return start(context, nonce, direction);
    }

    private boolean addHeader(final long context, final long esp, final boolean esn, final int seqHigh) {
        final long aad = EspFields.additionalData(esp, esn, seqHigh, esnAad);
        return update(context, 0, outLength, aad, EspFields.additionalDataBytes(esn));
    }
}
