package org.qfpsim.controlplane.cryptoshow;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;

/** The largest packet that fits into one ESP packet (RFC 4303 section 2); the formula gives the platform's 1438 and 1458. */
final class PlaintextMtu {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    private PlaintextMtu() {
    }

    /**
     * The largest packet.
     *
     * @param pathMtu octets of the largest outer packet.
     * @param suite   the algorithms.
     * @param mode    in transport mode the IP header is the packet's own.
     * @param v6      whether the outer header is IPv6.
     * @param udp     whether ESP is in UDP (RFC 3948).
     * @return octets.
     */
    static int of(final int pathMtu, final EspSuite suite, final SaSpec.Mode mode, final boolean v6, final boolean udp) {
        final int header = v6 ? IPV6_HEADER : IPV4_HEADER;
        final int room = pathMtu - header - (udp ? UDP_HEADER : 0) - EspSuite.ESP_HEADER_BYTES - suite.ivBytes() - suite.icvBytes();
        final int plain = room / suite.blockBytes() * suite.blockBytes() - EspSuite.ESP_TRAILER_BYTES;
        return mode == SaSpec.Mode.TUNNEL ? plain : plain + header;
    }
}
