package org.qfpsim.datapath.crypto.libcrypto;

import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.DECRYPT;
import static org.qfpsim.datapath.crypto.libcrypto.LibcryptoFunctions.ENCRYPT;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** AES-CBC with or without HMAC, and NULL with HMAC: the integrity check comes first, so a bad packet keeps its ciphertext. */
final class CbcHmacTransform implements EspTransform {
    private static final int IV = EspSuite.ESP_HEADER_BYTES;

    private final Algorithms algorithms;
    private final int lane;
    private final int ivBytes;
    private final int textOffset;
    private final int authKeyBytes;
    private final int icvBytes;
    private final LaneScratch scratch;

    CbcHmacTransform(final EspSuite suite, final int lane, final LaneScratch scratch) {
        algorithms = Algorithms.of(suite);
        this.lane = lane;
        ivBytes = suite.ivBytes();
        textOffset = IV + suite.ivBytes();
        authKeyBytes = suite.authKeyBytes();
        icvBytes = suite.icvBytes();
        this.scratch = scratch;
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        if (algorithms.digest() != 0) {
            if (!computeIcv(keyHandle, esp, length, esn, seqHigh)) {
                return ENGINE_ERROR;
            }
            if (!RawMemory.sameIcv(scratch.icv(), esp + length - icvBytes, icvBytes)) {
                return BAD_ICV;
            }
        }
        if (algorithms.cipher() == 0) {
            return OK;
        }
        final long context = LibcryptoKeys.cipher(keyHandle, lane, algorithms.cipher());
        return context != 0 && LibcryptoFunctions.start(context, esp + IV, DECRYPT) && updateText(context, esp, length) ? OK : ENGINE_ERROR;
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        if (status == OK && !encrypt(keyHandle, esp, length)) {
            throw new IllegalStateException("libcrypto cannot encrypt");
        }
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        if (algorithms.cipher() == 0) {
            return;
        }
        final long context = LibcryptoKeys.cbcEncryption(keyHandle, lane, algorithms.cipher());
        EspFields.putSequenceBlock(iv, sequence);
        if (!LibcryptoFunctions.start(context, scratch.zeros(), ENCRYPT)
            || !LibcryptoFunctions.update(context, iv, scratch.outLength(), iv, ivBytes)) {
            throw new IllegalStateException("libcrypto cannot encrypt");
        }
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        if (!encrypt(keyHandle, esp, length)) {
            return ENGINE_ERROR;
        }
        if (algorithms.digest() != 0) {
            if (!computeIcv(keyHandle, esp, length, esn, seqHigh)) {
                return ENGINE_ERROR;
            }
            RawMemory.copy(scratch.icv(), esp + length - icvBytes, icvBytes);
        }
        return OK;
    }

    private boolean encrypt(final long key, final long esp, final int length) {
        if (algorithms.cipher() == 0) {
            return true;
        }
        final long context = LibcryptoKeys.cbcEncryption(key, lane, algorithms.cipher());
        return context != 0 && LibcryptoFunctions.start(context, esp + IV, ENCRYPT) && updateText(context, esp, length);
    }

    private boolean updateText(final long context, final long esp, final int length) {
        final long text = esp + textOffset;
        return LibcryptoFunctions.update(context, text, scratch.outLength(), text, length - textOffset - icvBytes);
    }

    /** HMAC over the packet and, with extended sequence numbers, the high half (RFC 4303 section 2.2.1). */
    private boolean computeIcv(final long key, final long esp, final int length, final boolean esn, final int seqHigh) {
        final long context = LibcryptoKeys.hmac(key, lane, algorithms.digest(), authKeyBytes);
        if (context == 0 || !LibcryptoFunctions.startHmac(context)
            || !LibcryptoFunctions.updateHmac(context, esp, length - icvBytes)) {
            return false;
        }
        if (esn) {
            RawMemory.putNetworkInt(scratch.esnAad(), seqHigh);
            if (!LibcryptoFunctions.updateHmac(context, scratch.esnAad(), Integer.BYTES)) {
                return false;
            }
        }
        return LibcryptoFunctions.finishHmac(context, scratch.icv(), scratch.outLength());
    }
}
