package org.qfpsim.datapath.crypto.libcrypto;

import java.lang.foreign.Arena;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** Off-heap working memory of one lane for one packet at a time; each part on its own cache line. */
final class LaneScratch implements AutoCloseable {
    private static final int LINE = 64;

    private final Arena arena = Arena.ofShared();
    private final long base = RawMemory.allocate(arena, 5 * LINE);

    /** A nonce. */
    long block() {
        return base;
    }

    /** Sixteen zeros. */
    long zeros() {
        return base + LINE;
    }

    /** The 12 octets of additional data with extended sequence numbers, or the high half alone. */
    long esnAad() {
        return base + 2 * LINE;
    }

    /** The whole output of a hash, up to 64 octets. */
    long icv() {
        return base + 3 * LINE;
    }

    /** Where the library writes how much it wrote. */
    long outLength() {
        return base + 4 * LINE;
    }

    @Override
    public void close() {
        arena.close();
    }
}
