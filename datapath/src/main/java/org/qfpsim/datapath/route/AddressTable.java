package org.qfpsim.datapath.route;

/** From (number, address) to a number: an immutable-once-filled hash table with open addressing, at most half full. */
final class AddressTable {
    /** Nothing is there. */
    static final int NONE = -1;

    private static final int ENTRY = 4;

    private final long[] entries;
    private final int mask;

    /**
     * Makes an empty table.
     *
     * @param capacity most entries.
     */
    AddressTable(final int capacity) {
        mask = Integer.highestOneBit(capacity * 4 | 4) - 1;
        entries = new long[(mask + 1) * ENTRY];
    }

    /** Adds an entry, or replaces that with the same key. */
    void put(final int number, final boolean v6, final long high, final long low, final int value) {
        final int at = place(number, v6, high, low);
        entries[at] = high;
        entries[at + 1] = low;
        entries[at + 2] = key(number, v6);
        entries[at + 3] = value;
    }

    /** The value of a key, or {@link #NONE}. */
    int find(final int number, final boolean v6, final long high, final long low) {
        final int at = place(number, v6, high, low);
        return entries[at + 2] == 0 ? NONE : (int) entries[at + 3];
    }

    private int place(final int number, final boolean v6, final long high, final long low) {
        final long key = key(number, v6);
        int i = (int) ((low ^ high * 31 ^ key * 0x1_0000_01b3L) * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
        while (true) {
            final int at = i * ENTRY;
            if (entries[at + 2] == 0 || entries[at + 2] == key && entries[at] == high && entries[at + 1] == low) {
                return at;
            }
            i = i + 1 & mask;
        }
    }

    /** Never 0. */
    private static long key(final int number, final boolean v6) {
        return (number & 0xffff_ffffL) << 2 | (v6 ? 3 : 1);
    }
}
