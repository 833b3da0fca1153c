package org.qfpsim.datapath.route;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * The routes of one family.
 *
 * @param trie    from destinations to numbers of routes.
 * @param outputs interface of each, or {@link RouteTables#NOWHERE}.
 * @param hops    next hop of each; null if it is the destination itself.
 */
@SuppressWarnings("ArrayRecordComponent")
record Fib(LpmTrie trie, int[] outputs, @Nullable IpAddress[] hops) {
}
