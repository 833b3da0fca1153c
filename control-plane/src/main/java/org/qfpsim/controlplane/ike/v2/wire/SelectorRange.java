package org.qfpsim.controlplane.ike.v2.wire;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * One traffic selector (RFC 7296 section 3.13.1).
 *
 * @param protocol upper-layer protocol; 0 is any.
 * @param portLow  first port.
 * @param portHigh last port; 0 with a first port of 65535 is OPAQUE.
 * @param low      first address.
 * @param high     last address, of the same family.
 */
public record SelectorRange(int protocol, int portLow, int portHigh, IpAddress low, IpAddress high) {
    static final int IPV4 = 7;
    static final int IPV6 = 8;

    int octets() {
        return 8 + 2 * (low.v6() ? 16 : 4);
    }
}
