package org.qfpsim.datapath.sa;

import java.util.List;
import java.util.stream.IntStream;
import org.qfpsim.datapath.packet.IpAddress;

/** The addresses of this router, each with a small number: an immutable hash table, so that "for us?" costs one probe. */
public final class LocalAddresses {
    private static final int ENTRY = 3;

    private final long[] entries;
    private final int mask;

    /**
     * Builds the table.
     *
     * @param addresses the place of an address in this list is its number.
     */
    public LocalAddresses(final List<IpAddress> addresses) {
        this(addresses, IntStream.range(0, addresses.size()).toArray());
    }

    /**
     * Builds the table with numbers of choice, so that an address keeps its number when others come and go.
     *
     * @param addresses each once.
     * @param numbers   from 0, one for each address.
     */
    public LocalAddresses(final List<IpAddress> addresses, final int[] numbers) {
        mask = Integer.highestOneBit(addresses.size() * 4 | 4) - 1;
        entries = new long[(mask + 1) * ENTRY];
        for (int place = 0; place < numbers.length; place++) {
            final IpAddress address = addresses.get(place);
            int i = hash(address.high(), address.low());
            while (entries[i * ENTRY + 2] != 0) {
                i = i + 1 & mask;
            }
            entries[i * ENTRY] = address.high();
            entries[i * ENTRY + 1] = address.low();
            entries[i * ENTRY + 2] = (long) (numbers[place] + 1) << 1 | (address.v6() ? 1 : 0);
        }
    }

    /**
     * Looks an address up.
     *
     * @param v6   the family.
     * @param high high half.
     * @param low  low half.
     * @return its number, or -1 if it is not ours.
     */
    public int find(final boolean v6, final long high, final long low) {
        int i = hash(high, low);
        while (true) {
            final int at = i * ENTRY;
            final long value = entries[at + 2];
            if (value == 0) {
                return -1;
            }
            if (entries[at] == high && entries[at + 1] == low && (value & 1) == (v6 ? 1 : 0)) {
                return (int) (value >>> 1) - 1;
            }
            i = i + 1 & mask;
        }
    }

    private int hash(final long high, final long low) {
        return (int) ((low ^ high * 31) * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
    }
}
