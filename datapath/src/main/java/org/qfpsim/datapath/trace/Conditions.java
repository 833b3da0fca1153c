package org.qfpsim.datapath.trace;

import java.util.List;
import org.qfpsim.datapath.packet.IpPrefix;

/** Conditions taken apart into plain numbers: a packet is to be traced if any of them holds. Immutable. */
final class Conditions {
    private static final int NO_ADDRESS = 0;
    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    private final int count;
    private final int[] interfaces;
    private final int[] family;
    private final boolean[] in;
    private final boolean[] out;
    private final long[] maskHigh;
    private final long[] maskLow;
    private final long[] high;
    private final long[] low;

    Conditions(final List<Condition> conditions) {
        count = conditions.size();
        interfaces = new int[count];
        family = new int[count];
        in = new boolean[count];
        out = new boolean[count];
        maskHigh = new long[count];
        maskLow = new long[count];
        high = new long[count];
        low = new long[count];
        for (int i = 0; i < count; i++) {
            final Condition each = conditions.get(i);
            final IpPrefix prefix = each.prefix();
            interfaces[i] = each.interfaceIndex();
            in[i] = each.direction().in();
            out[i] = each.direction().out();
            if (prefix != null) {
                family[i] = prefix.address().v6() ? IPV6 : IPV4;
                maskHigh[i] = prefix.maskHigh();
                maskLow[i] = prefix.maskLow();
                high[i] = prefix.address().high();
                low[i] = prefix.address().low();
            }
        }
    }

    /**
     * Whether a packet is meant.
     *
     * @param leaving   whether it leaves, or comes in.
     * @param port      by which interface.
     * @param addresses its addresses.
     */
    boolean match(final boolean leaving, final int port, final FrameView addresses) {
        for (int i = 0; i < count; i++) {
            if ((leaving ? out[i] : in[i]) && (interfaces[i] == Condition.ANY_INTERFACE || interfaces[i] == port)
                && (family[i] == NO_ADDRESS || family[i] == addresses.version && (
                    covers(i, addresses.srcHigh, addresses.srcLow) || covers(i, addresses.dstHigh, addresses.dstLow)))) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(final int i, final long addressHigh, final long addressLow) {
        return (addressHigh & maskHigh[i]) == high[i] && (addressLow & maskLow[i]) == low[i];
    }
}
