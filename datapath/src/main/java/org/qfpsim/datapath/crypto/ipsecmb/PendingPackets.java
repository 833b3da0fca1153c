package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.RawMemory;
import org.qfpsim.datapath.crypto.ipsecmb.MultiBufferTransform.Parameters;

/**
 * Packets of HMAC and CBC suites that wait for {@link #flush}, which works in two passes so that a packet with a wrong ICV keeps its
 * ciphertext: first every HMAC, several at once, then the decryption of the packets that proved authentic.
 *
 * <p>With extended sequence numbers HMAC covers the packet and then the high half (RFC 4303 section 2.2.1). The ICV field follows the
 * packet's last octet, so during the first pass the high half stands there and the received ICV waits in {@link #received}.
 */
final class PendingPackets {
    private static final int MAX_ICV_BYTES = 32;

    private final MultiBufferJobs jobs;
    private final Parameters[] suites = new Parameters[CryptoLane.MAX_PENDING];
    private final long[] keys = new long[CryptoLane.MAX_PENDING];
    private final long[] packets = new long[CryptoLane.MAX_PENDING];
    private final int[] lengths = new int[CryptoLane.MAX_PENDING];
    private final boolean[] extended = new boolean[CryptoLane.MAX_PENDING];
    private final int[] seqHighs = new int[CryptoLane.MAX_PENDING];
    private final int[] tags = new int[CryptoLane.MAX_PENDING];
    private final int[] statuses = new int[CryptoLane.MAX_PENDING];
    private final long received;
    private final long computed;
    private int count;

    PendingPackets(final MultiBufferJobs jobs, final LaneScratch scratch) {
        this.jobs = jobs;
        received = scratch.allocate(CryptoLane.MAX_PENDING * MAX_ICV_BYTES);
        computed = scratch.allocate(CryptoLane.MAX_PENDING * MAX_ICV_BYTES);
    }

    int add(final Parameters suite, final long key, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
        if (count == CryptoLane.MAX_PENDING) {
            return EspTransform.ENGINE_ERROR;
        }
        suites[count] = suite;
        keys[count] = key;
        packets[count] = esp;
        lengths[count] = length;
        extended[count] = esn;
        seqHighs[count] = seqHigh;
        tags[count] = tag;
        count++;
        return EspTransform.PENDING;
    }

    void flush(final int[] statusByTag) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            submitHash(i);
        }
        final boolean hashed = jobs.complete();
        for (int i = 0; i < count; i++) {
            statuses[i] = verdict(i, hashed);
            if (statuses[i] == EspTransform.OK) {
                submitDecryption(i);
            }
        }
        final boolean decrypted = jobs.complete();
        for (int i = 0; i < count; i++) {
            statusByTag[tags[i]] = decrypted ? statuses[i] : EspTransform.ENGINE_ERROR;
        }
        count = 0;
    }

    private void submitHash(final int i) {
        final Parameters suite = suites[i];
        if (!suite.authenticated()) {
            return;
        }
        final int icvBytes = suite.icvBytes();
        int covered = lengths[i] - icvBytes;
        if (extended[i]) {
            final long icv = packets[i] + covered;
            RawMemory.copy(icv, received + (long) i * MAX_ICV_BYTES, icvBytes);
            RawMemory.putNetworkInt(icv, seqHighs[i]);
            covered += Integer.BYTES;
        }
        jobs.hmac(suite.hmac(), keys[i], packets[i], covered, computed + (long) i * MAX_ICV_BYTES, icvBytes);
    }

    private int verdict(final int i, final boolean hashed) {
        final Parameters suite = suites[i];
        if (!suite.authenticated()) {
            return hashed ? EspTransform.OK : EspTransform.ENGINE_ERROR;
        }
        final long icv = packets[i] + lengths[i] - suite.icvBytes();
        if (extended[i]) {
            RawMemory.copy(received + (long) i * MAX_ICV_BYTES, icv, suite.icvBytes());
        }
        if (!hashed) {
            return EspTransform.ENGINE_ERROR;
        }
        return RawMemory.sameIcv(computed + (long) i * MAX_ICV_BYTES, icv, suite.icvBytes()) ? EspTransform.OK : EspTransform.BAD_ICV;
    }

    private void submitDecryption(final int i) {
        final Parameters suite = suites[i];
        if (suite.encrypted()) {
            final long text = packets[i] + suite.textOffset();
            final long textBytes = lengths[i] - suite.textOffset() - suite.icvBytes();
            jobs.cbc(suite.decryption(), keys[i], packets[i] + Parameters.IV_OFFSET, text, textBytes);
        }
    }
}
