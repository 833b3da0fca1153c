package org.qfpsim.datapath.crypto.memory;

import java.lang.foreign.Arena;
import org.agrona.collections.LongArrayList;

/**
 * Off-heap entries of one size for keys, carved from chunks so that 100,000 SAs cost little more than their own bytes. Entries start on a
 * cache line, are zero when handed out, are erased when released and then used again. One control thread calls everything here.
 */
public final class KeySlab implements AutoCloseable {
    private static final int ENTRIES_PER_CHUNK = 256;
    private static final int CACHE_LINE = 64;

    private final Arena arena = Arena.ofShared();
    private final LongArrayList free = new LongArrayList();
    private final int entryBytes;
    private final LongArrayList chunks = new LongArrayList();

    /**
     * Makes an empty slab.
     *
     * @param entryBytes octets of one entry, rounded up to whole cache lines.
     */
    public KeySlab(final int entryBytes) {
        this.entryBytes = (entryBytes + CACHE_LINE - 1) & -CACHE_LINE;
    }

    /** A zeroed entry. */
    public long allocate() {
        if (free.isEmpty()) {
            addChunk();
        }
        return free.removeAt(free.size() - 1);
    }

    /** Erases an entry and keeps it for the next {@link #allocate}. */
    public void release(final long entry) {
        RawMemory.erase(entry, entryBytes);
        free.addLong(entry);
    }

    /** Octets taken from the system. */
    public long reservedBytes() {
        return (long) chunks.size() * ENTRIES_PER_CHUNK * entryBytes;
    }

    /** Erases every entry and gives the memory back. */
    @Override
    public void close() {
        chunks.forEachOrderedLong(chunk -> RawMemory.erase(chunk, (long) ENTRIES_PER_CHUNK * entryBytes));
        arena.close();
    }

    private void addChunk() {
        final long bytes = (long) ENTRIES_PER_CHUNK * entryBytes;
        final long chunk = RawMemory.allocate(arena, bytes);
        chunks.addLong(chunk);
        for (long entry = chunk + bytes - entryBytes; entry >= chunk; entry -= entryBytes) {
            free.addLong(entry);
        }
    }
}
