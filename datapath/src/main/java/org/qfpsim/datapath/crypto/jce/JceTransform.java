package org.qfpsim.datapath.crypto.jce;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** Any suite through the JDK: the packet goes to a heap array, the result comes back only when it is authentic. */
final class JceTransform implements EspTransform {
    private static final int IV = EspSuite.ESP_HEADER_BYTES;

    private final EspSuite suite;
    private final JceBackend backend;
    private final int lane;
    private final JceScratch scratch;
    private final int textOffset;
    private final int icvBytes;

    JceTransform(final EspSuite suite, final JceBackend backend, final int lane, final JceScratch scratch) {
        this.suite = suite;
        this.backend = backend;
        this.lane = lane;
        this.scratch = scratch;
        textOffset = IV + suite.ivBytes();
        icvBytes = suite.icvBytes();
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        final byte[] packet = scratch.packet();
        RawMemory.read(esp, packet, 0, length);
        try {
            final JceContext context = backend.sa(keyHandle).context(lane);
            if (suite.combined()) {
                return openCombined(context, packet, esp, length, esn, seqHigh);
            }
            if (suite.authenticated() && !verify(context, packet, length, esn, seqHigh)) {
                return BAD_ICV;
            }
            if (suite.cipher() == EspSuite.Cipher.AES_CBC) {
                transformText(context.cipher(Cipher.DECRYPT_MODE, packet, IV), packet, esp, length);
            }
            return OK;
        } catch (final GeneralSecurityException e) {
            return ENGINE_ERROR;
        }
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        if (status != OK || suite.cipher() == EspSuite.Cipher.NULL) {
            return;
        }
        final byte[] packet = scratch.packet();
        RawMemory.read(esp, packet, 0, length);
        try {
            final JceContext context = backend.sa(keyHandle).context(lane);
            final Cipher cipher = suite.combined() ? context.keyStream(packet, IV) : context.cipher(Cipher.ENCRYPT_MODE, packet, IV);
            transformText(cipher, packet, esp, length);
        } catch (final GeneralSecurityException e) {
            throw fault("undo", e);
        }
    }

    private IllegalStateException fault(final String task, final GeneralSecurityException cause) {
        return new IllegalStateException("SunJCE cannot " + task + " " + suite, cause);
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        if (suite.combined()) {
            EspFields.putCounterIv(iv, sequence);
        } else if (suite.cipher() == EspSuite.Cipher.AES_CBC) {
            EspFields.putSequenceBlock(iv, sequence);
            RawMemory.read(iv, scratch.packet(), 0, suite.ivBytes());
            try {
                backend.sa(keyHandle).context(lane).cipherFromZeroIv().doFinal(scratch.packet(), 0, suite.ivBytes(), scratch.result(), 0);
            } catch (final GeneralSecurityException e) {
                throw fault("make an IV for", e);
            }
            RawMemory.write(scratch.result(), 0, iv, suite.ivBytes());
        }
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        final byte[] packet = scratch.packet();
        RawMemory.read(esp, packet, 0, length);
        try {
            final JceContext context = backend.sa(keyHandle).context(lane);
            if (suite.combined()) {
                final Cipher cipher = context.cipher(Cipher.ENCRYPT_MODE, packet, IV);
                cipher.updateAAD(scratch.additionalData(packet, esn, seqHigh), 0, EspFields.additionalDataBytes(esn));
                cipher.doFinal(packet, textOffset, length - textOffset - icvBytes, scratch.result(), 0);
                RawMemory.write(scratch.result(), 0, esp + textOffset, length - textOffset);
                return OK;
            }
            if (suite.cipher() == EspSuite.Cipher.AES_CBC) {
                transformText(context.cipher(Cipher.ENCRYPT_MODE, packet, IV), packet, esp, length);
                RawMemory.read(esp, packet, 0, length);
            }
            if (suite.authenticated()) {
                authenticate(context, packet, length, esn, seqHigh);
                RawMemory.write(scratch.icv(), 0, esp + length - icvBytes, icvBytes);
            }
            return OK;
        } catch (final GeneralSecurityException e) {
            return ENGINE_ERROR;
        }
    }

    private int openCombined(final JceContext context, final byte[] packet, final long esp, final int length, final boolean esn,
                             final int seqHigh) throws GeneralSecurityException {
        final Cipher cipher = context.cipher(Cipher.DECRYPT_MODE, packet, IV);
        cipher.updateAAD(scratch.additionalData(packet, esn, seqHigh), 0, EspFields.additionalDataBytes(esn));
        final int textBytes;
        try {
            textBytes = cipher.doFinal(packet, textOffset, length - textOffset, scratch.result(), 0);
        } catch (final AEADBadTagException e) {
            return BAD_ICV;
        }
        RawMemory.write(scratch.result(), 0, esp + textOffset, textBytes);
        return OK;
    }

    private void transformText(final Cipher cipher, final byte[] packet, final long esp, final int length) throws GeneralSecurityException {
        final int textBytes = cipher.doFinal(packet, textOffset, length - textOffset - icvBytes, scratch.result(), 0);
        RawMemory.write(scratch.result(), 0, esp + textOffset, textBytes);
    }

    private boolean verify(final JceContext context, final byte[] packet, final int length, final boolean esn, final int seqHigh)
        throws GeneralSecurityException {
        authenticate(context, packet, length, esn, seqHigh);
        int difference = 0;
        for (int i = 0; i < icvBytes; i++) {
            difference |= scratch.icv()[i] ^ packet[length - icvBytes + i];
        }
        return difference == 0;
    }

    private void authenticate(final JceContext context, final byte[] packet, final int length, final boolean esn, final int seqHigh)
        throws GeneralSecurityException {
        final Mac mac = context.mac();
        mac.update(packet, 0, length - icvBytes);
        if (esn) {
            mac.update(scratch.bigEndian(seqHigh), 0, Integer.BYTES);
        }
        mac.doFinal(scratch.icv(), 0);
    }
}
