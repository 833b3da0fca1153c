package org.qfpsim.datapath.sa;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

import org.qfpsim.datapath.packet.IpPrefix;

/**
 * Traffic selectors as the packet path compares them: off heap, {@link #BYTES} octets each.
 *
 * <pre>
 *   0 source high, 8 source low, 16 source mask high, 24 source mask low
 *  32 destination high, 40 destination low, 48 destination mask high, 56 destination mask low
 *  64 protocol (4), -1 = any     68 family (4), 4 or 6
 *  72 source ports: low | high &lt;&lt; 16 (4)     76 destination ports (4)
 * </pre>
 */
public final class Selectors {
    /** Octets of one selector. */
    public static final int BYTES = 80;

    private static final int ALL_PORTS = 0xffff_0000;

    private Selectors() {
    }

    /**
     * Writes one selector.
     *
     * @param at       address of {@link #BYTES} octets.
     * @param selector what to write.
     */
    public static void write(final long at, final TrafficSelector selector) {
        writePrefix(at, selector.source());
        writePrefix(at + 32, selector.destination());
        putInt(at + 64, selector.protocol());
        putInt(at + 68, selector.source().address().v6() ? 6 : 4);
        putInt(at + 72, selector.sourcePortLow() | selector.sourcePortHigh() << 16);
        putInt(at + 76, selector.destinationPortLow() | selector.destinationPortHigh() << 16);
    }

    private static void writePrefix(final long at, final IpPrefix prefix) {
        putLong(at, prefix.address().high());
        putLong(at + 8, prefix.address().low());
        putLong(at + 16, prefix.maskHigh());
        putLong(at + 24, prefix.maskLow());
    }

    /**
     * Compares a packet with an array of selectors.
     *
     * @param at       address of the first selector.
     * @param count    how many there are.
     * @param version  4 or 6.
     * @param srcHigh  source address, high half.
     * @param srcLow   source address, low half.
     * @param dstHigh  destination address, high half.
     * @param dstLow   destination address, low half.
     * @param protocol upper-layer protocol.
     * @param ports    source port | destination port &lt;&lt; 16, or -1 if the packet shows no ports.
     * @return the number of the first selector that covers the packet, or -1.
     */
    public static int match(final long at, final int count, final int version, final long srcHigh, final long srcLow,
                            final long dstHigh, final long dstLow, final int protocol, final long ports) {
        for (int i = 0; i < count; i++) {
            final long s = at + (long) i * BYTES;
            if (getInt(s + 68) == version
                && ((srcLow ^ getLong(s + 8)) & getLong(s + 24) | (dstLow ^ getLong(s + 40)) & getLong(s + 56)) == 0
                && (version == 4 || ((srcHigh ^ getLong(s)) & getLong(s + 16) | (dstHigh ^ getLong(s + 32)) & getLong(s + 48)) == 0)
                && covers(s, protocol, ports)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean covers(final long s, final int protocol, final long ports) {
        final int wanted = getInt(s + 64);
        return (wanted == TrafficSelector.ANY_PROTOCOL || wanted == protocol)
            && within(getInt(s + 72), ports, 0) && within(getInt(s + 76), ports, 16);
    }

    /** A packet that shows no ports (another protocol, a later fragment) is covered by a selector for all ports only. */
    private static boolean within(final int range, final long ports, final int shift) {
        if (range == ALL_PORTS) {
            return true;
        }
        final int port = (int) (ports >>> shift) & 0xffff;
        return ports >= 0 && port >= (range & 0xffff) && port <= range >>> 16;
    }
}
