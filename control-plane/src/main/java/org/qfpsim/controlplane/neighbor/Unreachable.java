package org.qfpsim.controlplane.neighbor;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.icmp.IcmpResponder;

/** Tells the senders of packets that waited for a neighbour in vain (RFC 1812 section 5.2.7.1, RFC 4443 section 3.1). */
final class Unreachable {
    /** Type and code: host unreachable, address unreachable. */
    private static final int HOST = 3 << 24 | 1 << 16;
    private static final int ADDRESS = 1 << 24 | 3 << 16;

    private final IcmpResponder icmp;

    Unreachable(final IcmpResponder icmp) {
        this.icmp = icmp;
    }

    /** Returns how many packets the neighbour had held up. */
    int tell(final Neighbor neighbor) {
        for (final byte[] packet : neighbor.held) {
            icmp.error(neighbor.key.address().v6() ? ADDRESS : HOST, neighbor.key.interfaceIndex(), new UnsafeBuffer(packet), 0,
                packet.length);
        }
        return neighbor.held.size();
    }
}
