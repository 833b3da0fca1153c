package org.qfpsim.datapath.crypto.ipsecmb;

import java.util.Arrays;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.crypto.memory.EspFields;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** AES-GCM (RFC 4106): one call per packet, which measured faster than the job interface. */
final class GcmTransform implements EspTransform {
    /** So many keys come from memory together: their lines, and those of their packets, have to find room in the first-level cache. */
    private static final int TOGETHER = 32;
    private static final int TEXT = EspSuite.ESP_HEADER_BYTES + EspFields.COUNTER_IV_BYTES;

    private final IpsecMbFunctions.Gcm encrypt;
    private final IpsecMbFunctions.Gcm decrypt;
    private final int icvBytes;
    private final int salt;
    private final long prepared;
    private final long computed;
    private final long context;
    private final long touched;

    GcmTransform(final EspSuite suite, final LaneScratch scratch) {
        encrypt = IpsecMbFunctions.gcmEncrypt(suite.keyBytes());
        decrypt = IpsecMbFunctions.gcmDecrypt(suite.keyBytes());
        icvBytes = suite.icvBytes();
        salt = IpsecMbKeys.gcmSalt(suite.keyBytes());
        prepared = scratch.prepared();
        computed = scratch.computedIcv();
        context = scratch.context();
        touched = scratch.touched();
    }

    private static void prepare(final long at, final long salt, final long esp, final boolean esn, final int seqHigh) {
        EspFields.putNonce(at, salt, esp);
        EspFields.additionalData(esp, esn, seqHigh, at + LaneScratch.PREPARED_AAD);
    }

    /**
     * Puts nonces and additional data of packets together first: the library reads in one piece what is written in several, and
     * would wait for the stores if they had just been made. And reads from the keys, so that those of many SAs come from memory together.
     *
     * @return what nobody needs, but the compiler does not know.
     */
    private static long prepare(final long first, final long end, final int salt) {
        long touched = 0;
        long last = OpenBatch.keyHandle(first);
        for (long at = first; at < end; at += OpenBatch.STRIDE) {
            final long key = OpenBatch.keyHandle(at);
            if (key != last) {
                touched += IpsecMbKeys.touchGcm(key);
                last = key;
            }
            prepare(at + OpenBatch.BESIDE, key + salt, OpenBatch.esp(at), OpenBatch.extended(at), OpenBatch.seqHigh(at));
        }
        return touched;
    }

    @Override
    public boolean open(final OpenBatch batch, final int from, final int to) {
        for (int i = from; i < to; i += TOGETHER) {
            openTogether(batch, i, Math.min(to, i + TOGETHER));
        }
        return false;
    }

    private void openTogether(final OpenBatch batch, final int from, final int to) {
        final long first = batch.at(from);
        final int octetsOfAll = (to - from) * OpenBatch.STRIDE;
        RawMemory.putLong(touched, prepare(first, first + octetsOfAll, salt));
        final int[] status = batch.status();
        Arrays.fill(status, from, to, OK);
        // Locals, and not fields: the compiler must believe that the library could change a field.
        final IpsecMbFunctions.Gcm operation = decrypt;
        final long scratch = context;
        final long icv = computed;
        final int octets = icvBytes;
        for (int offset = 0; offset < octetsOfAll; offset += OpenBatch.STRIDE) {
            final long at = first + offset;
            final int ran = decrypt(operation, OpenBatch.keyHandle(at), scratch, OpenBatch.source(at), OpenBatch.esp(at),
                OpenBatch.length(at), OpenBatch.extended(at), at + OpenBatch.BESIDE, ownIcv(at, icv, octets), octets);
            // Read again, and not kept: whatever lives through the call is written to the stack and back.
            final long received = OpenBatch.source(at) + OpenBatch.length(at) - octets;
            if (ran != OK || !RawMemory.sameIcv(ownIcv(at, icv, octets), received, octets)) {
                status[from + offset / OpenBatch.STRIDE] = ran != OK ? ran : BAD_ICV;
                if (OpenBatch.extended(at)) {
                    RawMemory.copyIcv(received, OpenBatch.esp(at) + OpenBatch.length(at) - octets, octets);
                }
            }
        }
    }

    /**
     * Where the ICV that is computed goes: with extended sequence numbers, where somebody may look at it again, to its place, if the packet
     * is read somewhere else. If both are the same it is the received one, too.
     */
    private static long ownIcv(final long at, final long scratch, final int octets) {
        return !OpenBatch.extended(at) || OpenBatch.source(at) == OpenBatch.esp(at) ? scratch
            : OpenBatch.esp(at) + OpenBatch.length(at) - octets;
    }

    @Override
    public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        prepare(prepared, keyHandle + salt, esp, esn, seqHigh);
        final int ran = decrypt(decrypt, keyHandle, context, esp, esp, length, esn, prepared, computed, icvBytes);
        return ran != OK || RawMemory.sameIcv(computed, esp + length - icvBytes, icvBytes) ? ran : BAD_ICV;
    }

    @Override
    public void restore(final long keyHandle, final long esp, final int length, final int status) {
        // The key stream does not depend on the additional data, so encrypting the plaintext gives the ciphertext back.
        prepare(prepared, keyHandle + salt, esp, false, 0);
        encrypt(keyHandle, esp, length, false, computed);
    }

    @Override
    public void writeIv(final long keyHandle, final long iv, final long sequence) {
        EspFields.putCounterIv(iv, sequence);
    }

    @Override
    public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        prepare(prepared, keyHandle + salt, esp, esn, seqHigh);
        return encrypt(keyHandle, esp, length, esn, esp + length - icvBytes);
    }

    /**
     * Encrypting has a call of its own, and does not share this one: the compiler calls through a table where it has seen both, and makes
     * both one piece with what is around where it has not.
     */
    private static int decrypt(final IpsecMbFunctions.Gcm operation, final long key, final long context, final long source, final long esp,
                               final int length, final boolean esn, final long beside, final long icv, final int icvBytes) {
        final long aad = esn ? beside + LaneScratch.PREPARED_AAD : esp;
        try {
            operation.run(key, context, esp + TEXT, source + TEXT, length - TEXT - icvBytes, beside, aad,
                EspFields.additionalDataBytes(esn), icv, icvBytes);
        } catch (final Throwable e) {
            return ENGINE_ERROR;
        }
        return OK;
    }

    private int encrypt(final long key, final long esp, final int length, final boolean esn, final long icv) {
        final long aad = esn ? prepared + LaneScratch.PREPARED_AAD : esp;
        try {
            encrypt.run(key, context, esp + TEXT, esp + TEXT, length - TEXT - icvBytes, prepared, aad,
                EspFields.additionalDataBytes(esn), icv, icvBytes);
        } catch (final Throwable e) {
            return ENGINE_ERROR;
        }
        return OK;
    }
}
