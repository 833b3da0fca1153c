package org.qfpsim.datapath.sa;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * From (destination, SPI) to the address of an {@link InboundSa}: open addressing with linear probing, 16 octets an entry, at most half
 * full. One writer (the dispatcher), any number of readers, no locks:
 * <ul>
 *   <li>an entry's value is written before its key is published; a value of 0 means removed;
 *   <li>the place of a removed key is only used again for the same key, so that probing never breaks;
 *   <li>growing fills a new generation and publishes it; readers that still look at the old one find what was valid for their packets.
 * </ul>
 * Which packets may use what is found is decided by the record's own epoch ({@link InboundSa#validAt}).
 */
public final class SaTable {
    private static final int ENTRY_SHIFT = 4;
    private static final int INITIAL_ENTRIES = 64;
    private static final int VALUE = 8;

    private volatile Generation generation = new Generation(INITIAL_ENTRIES);
    /** A reader may still look at an older generation: its memory stays, together as much as the newest one's. */
    private final List<ByteBuffer> older = new ArrayList<>();
    private int used;

    /** One array of entries. */
    private static final class Generation {
        private final ByteBuffer memory;
        private final long entries;
        private final int shift;
        private final int mask;

        Generation(final int capacity) {
            memory = BufferUtil.allocateDirectAligned(capacity << ENTRY_SHIFT, 64);
            entries = BufferUtil.address(memory);
            shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
            mask = capacity - 1;
        }

        /** Address of the entry with this key, or of the free one where it belongs. */
        long find(final long key) {
            int i = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> shift);
            while (true) {
                final long entry = entries + ((long) i << ENTRY_SHIFT);
                final long found = UnsafeApi.getLongAcquire(null, entry);
                if (found == key || found == 0) {
                    return entry;
                }
                i = i + 1 & mask;
            }
        }
    }

    /**
     * The key of an SA.
     *
     * @param spi          as on the wire.
     * @param localAddress from {@link LocalAddresses#find}.
     * @return never 0.
     */
    public static long key(final int spi, final int localAddress) {
        return spi & 0xffff_ffffL | (long) (localAddress + 1) << 32;
    }

    /**
     * Finds the newest version of an SA.
     *
     * @param key from {@link #key}.
     * @return the address of the record, or 0.
     */
    public long find(final long key) {
        final Generation now = generation;
        final long entry = now.find(key);
        return UnsafeApi.getLong(entry) == key ? UnsafeApi.getLongAcquire(null, entry + VALUE) : 0;
    }

    /**
     * Publishes the newest version of an SA. Writer only.
     *
     * @param key from {@link #key}.
     * @param sa  the record, complete; 0 removes the entry.
     */
    public void put(final long key, final long sa) {
        Generation now = generation;
        long entry = now.find(key);
        if (UnsafeApi.getLong(entry) != key) {
            if (sa == 0) {
                return;
            }
            if (used + 1 > now.mask + 1 >> 1) {
                now = grow(now);
                entry = now.find(key);
            }
            used++;
        }
        UnsafeApi.putLongRelease(null, entry + VALUE, sa);
        UnsafeApi.putLongRelease(null, entry, key);
    }

    private Generation grow(final Generation old) {
        final Generation next = new Generation((old.mask + 1) * 2);
        older.add(old.memory);
        used = 0;
        for (int i = 0; i <= old.mask; i++) {
            final long from = old.entries + ((long) i << ENTRY_SHIFT);
            final long sa = UnsafeApi.getLong(from + VALUE);
            if (sa != 0) {
                final long key = UnsafeApi.getLong(from);
                final long to = next.find(key);
                UnsafeApi.putLong(to + VALUE, sa);
                UnsafeApi.putLong(to, key);
                used++;
            }
        }
        generation = next;
        return next;
    }
}
