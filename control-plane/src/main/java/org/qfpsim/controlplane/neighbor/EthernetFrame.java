package org.qfpsim.controlplane.neighbor;

import java.nio.ByteBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.MacAddress;

/** Writes Ethernet headers. */
final class EthernetFrame {
    private static final int HEADER = 14;

    private EthernetFrame() {
    }

    /** A frame whose payload is still to be written. */
    static ByteBuffer begin(final MacAddress to, final MacAddress from, final int type, final int payload) {
        final ByteBuffer out = ByteBuffer.allocate(HEADER + payload);
        return put(put(out, to), from).putShort((short) type);
    }

    static ByteBuffer put(final ByteBuffer out, final MacAddress mac) {
        return out.putShort((short) (mac.bits() >>> 32)).putInt((int) mac.bits());
    }

    /** The group of stations that an IPv6 group is mapped to (RFC 2464 section 7). */
    static MacAddress group(final IpAddress address) {
        return new MacAddress(0x3333_0000_0000L | address.low() & 0xffff_ffffL);
    }
}
