package org.qfpsim.datapath.route;

import java.util.Arrays;
import java.util.List;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * Longest-prefix match of one family: a trie of four bits a level, each node an array of sixteen children and of the sixteen longest
 * prefixes that end within it. At most 8 steps for IPv4 and 32 for IPv6, one cache line each for children and prefixes. Immutable.
 */
final class LpmTrie {
    /** No prefix covers the address. */
    static final int NONE = -1;

    private static final int STRIDE = 4;
    private static final int FAN = 1 << STRIDE;
    private static final int LEVELS_IN_HALF = Long.SIZE / STRIDE;

    private int[] children = new int[FAN];
    /** Number of the prefix plus one, 0 for none. */
    private int[] values = new int[FAN];
    private int nodes = 1;

    /**
     * Builds a trie.
     *
     * @param prefixes of one family; the place of a prefix in this list is what is found. Of equal ones the last counts.
     */
    LpmTrie(final List<IpPrefix> prefixes) {
        final int[] order = new int[prefixes.size()];
        int count = 0;
        for (int length = 0; length <= 128; length++) {
            // Longer ones later: within a node they take the places of shorter ones.
            for (int i = 0; i < prefixes.size() && count < order.length; i++) {
                if (prefixes.get(i).length() == length) {
                    order[count++] = i;
                }
            }
        }
        for (final int i : order) {
            insert(prefixes.get(i), i + 1);
        }
    }

    private void insert(final IpPrefix prefix, final int value) {
        final boolean v6 = prefix.address().v6();
        final long high = v6 ? prefix.address().high() : prefix.address().low() << 32;
        final long low = v6 ? prefix.address().low() : 0;
        int node = 0;
        int level = 0;
        for (; (level + 1) * STRIDE < prefix.length(); level++) {
            final int place = node + nibble(high, low, level);
            if (children[place] == 0) {
                // First the node: it may be in another array.
                final int added = grow();
                children[place] = added;
            }
            node = children[place];
        }
        final int first = node + nibble(high, low, level);
        final int covered = 1 << (level + 1) * STRIDE - prefix.length();
        Arrays.fill(values, first, first + covered, value);
    }

    private int grow() {
        final int node = nodes++ * FAN;
        if (node == children.length) {
            children = Arrays.copyOf(children, 2 * node);
            values = Arrays.copyOf(values, 2 * node);
        }
        return node;
    }

    private static int nibble(final long high, final long low, final int level) {
        return (int) (level < LEVELS_IN_HALF
            ? high >>> Long.SIZE - STRIDE - level * STRIDE
            : low >>> Long.SIZE - STRIDE - (level - LEVELS_IN_HALF) * STRIDE) & FAN - 1;
    }

    /** The number of the longest prefix that covers an IPv4 address, or {@link #NONE}. */
    int find4(final long low) {
        return find(low << 32, 0);
    }

    /** The number of the longest prefix that covers an IPv6 address, or {@link #NONE}. */
    int find6(final long high, final long low) {
        return find(high, low);
    }

    private int find(final long high, final long low) {
        int best = 0;
        int node = 0;
        int level = 0;
        do {
            final int place = node + nibble(high, low, level);
            best = values[place] != 0 ? values[place] : best;
            node = children[place];
            level++;
        } while (node != 0);
        return best - 1;
    }
}
