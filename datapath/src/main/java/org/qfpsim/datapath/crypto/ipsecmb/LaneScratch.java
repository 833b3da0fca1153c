package org.qfpsim.datapath.crypto.ipsecmb;

import java.lang.foreign.Arena;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** Off-heap working memory of one lane for one packet at a time; each part on its own cache line. */
final class LaneScratch implements AutoCloseable {
    private static final int LINE = 64;
    /** gcm_context_data has 88 octets, chacha20_poly1305_context_data 192 in 1.3. */
    private static final int CONTEXT_BYTES = 512;

    /** Octets of what is prepared for one packet: the nonce, and behind it the additional data. */
    static final int PREPARED_BYTES = 24;
    /** Where the additional data is in it. */
    static final int PREPARED_AAD = 12;

    private final Arena arena = Arena.ofShared();
    private final long base = RawMemory.allocate(arena, 5 * LINE + CONTEXT_BYTES);
    private final long prepared = RawMemory.allocate(arena, (long) CryptoLane.MAX_PENDING * PREPARED_BYTES);

    /** Memory that lives as long as the lane. */
    long allocate(final int bytes) {
        return RawMemory.allocate(arena, bytes);
    }

    /** Salt and explicit IV, or one cipher block. */
    long nonce() {
        return base;
    }

    /** {@link #PREPARED_BYTES} for each packet of a batch, by tag. */
    long prepared() {
        return prepared;
    }

    /** Sixteen zeros. */
    long zeros() {
        return base + LINE;
    }

    /** The 12 octets of additional data with extended sequence numbers. */
    long esnAad() {
        return base + 2 * LINE;
    }

    /** The integrity check value that was computed, up to 32 octets. */
    long computedIcv() {
        return base + 3 * LINE;
    }

    /** Eight octets that nobody reads. */
    long touched() {
        return base + 4 * LINE + CONTEXT_BYTES;
    }

    /** The state of a combined mode during a packet. */
    long context() {
        return base + 4 * LINE;
    }

    @Override
    public void close() {
        arena.close();
    }
}
