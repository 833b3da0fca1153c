package org.qfpsim.datapath.sa;

import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The rules of one direction of the security policy database, compiled for the packet path: first match wins, as in the platform's
 * TCAM. Immutable; a change makes a new table. The memory of the selectors lives as long as the table.
 */
public final class PolicyTable {
    private final List<PolicyRule> rules;
    private final ByteBuffer memory;
    private final long address;
    private final boolean empty;

    /**
     * Compiles the rules.
     *
     * @param rules of one direction, in order.
     */
    public PolicyTable(final List<PolicyRule> rules) {
        this.rules = List.copyOf(rules);
        memory = ByteBuffer.allocateDirect(Math.max(1, rules.size()) * Selectors.BYTES);
        address = BufferUtil.address(memory);
        UnsafeApi.setMemory(address, memory.capacity(), (byte) 0);
        for (int i = 0; i < rules.size(); i++) {
            Selectors.write(address + (long) i * Selectors.BYTES, rules.get(i).selector());
        }
        empty = rules.isEmpty();
    }

    /**
     * Finds the rule of a packet; parameters as {@link Selectors#match}.
     *
     * @param version  4 or 6.
     * @param srcHigh  source address, high half.
     * @param srcLow   source address, low half.
     * @param dstHigh  destination address, high half.
     * @param dstLow   destination address, low half.
     * @param protocol upper-layer protocol.
     * @param ports    source port | destination port &lt;&lt; 16, or -1.
     * @return the number of the rule, or -1.
     */
    public int match(final int version, final long srcHigh, final long srcLow, final long dstHigh, final long dstLow,
                     final int protocol, final long ports) {
        return empty ? -1 : Selectors.match(address, rules.size(), version, srcHigh, srcLow, dstHigh, dstLow, protocol, ports);
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return empty;
    }

    /**
     * A rule.
     *
     * @param number from {@link #match}.
     * @return the rule.
     */
    public PolicyRule rule(final int number) {
        return rules.get(number);
    }
}
