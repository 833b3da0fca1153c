package org.qfpsim.datapath.sa;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

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

    private volatile Generation generation = new Generation(INITIAL_ENTRIES);
    private int used;

    /** One array of entries. */
    private static final class Generation {
        private final UnsafeBuffer entries;
        private final int shift;
        private final int mask;

        Generation(final int capacity) {
            final ByteBuffer memory = BufferUtil.allocateDirectAligned(capacity << ENTRY_SHIFT, 64);
            entries = new UnsafeBuffer(memory);
            shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
            mask = capacity - 1;
        }

        /** Offset of the entry with this key, or of the free one where it belongs. */
        int find(final long key) {
            int i = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> shift);
            while (true) {
                final int offset = i << ENTRY_SHIFT;
                final long found = entries.getLongVolatile(offset);
                if (found == key || found == 0) {
                    return offset;
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
        final int offset = now.find(key);
        return now.entries.getLong(offset) == key ? now.entries.getLongVolatile(offset + 8) : 0;
    }

    /**
     * Publishes the newest version of an SA. Writer only.
     *
     * @param key from {@link #key}.
     * @param sa  the record, complete; 0 removes the entry.
     */
    public void put(final long key, final long sa) {
        Generation now = generation;
        int offset = now.find(key);
        if (now.entries.getLong(offset) != key) {
            if (sa == 0) {
                return;
            }
            if (used + 1 > now.mask + 1 >> 1) {
                now = grow(now);
                offset = now.find(key);
            }
            used++;
        }
        now.entries.putLongRelease(offset + 8, sa);
        now.entries.putLongRelease(offset, key);
    }

    private Generation grow(final Generation old) {
        final Generation next = new Generation((old.mask + 1) * 2);
        used = 0;
        for (int offset = 0; offset < old.entries.capacity(); offset += 1 << ENTRY_SHIFT) {
            final long sa = old.entries.getLong(offset + 8);
            if (sa != 0) {
                final int place = next.find(old.entries.getLong(offset));
                next.entries.putLong(place + 8, sa);
                next.entries.putLong(place, old.entries.getLong(offset));
                used++;
            }
        }
        generation = next;
        return next;
    }
}
