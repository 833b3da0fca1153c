package org.qfpsim.controlplane.capture;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * What one line says of a frame.
 *
 * @param source      IP address, or Ethernet address.
 * @param destination the same.
 * @param dscp        differentiated services field, without ECN.
 * @param protocol    name, or number.
 */
record PacketHeader(String source, String destination, int dscp, String protocol) {
    private static final int ETHERNET = 14;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int ARP = 0x0806;

    /** Reads a frame, as far as there is one. */
    static PacketHeader of(final byte[] frame) {
        if (frame.length < ETHERNET) {
            return new PacketHeader("-", "-", 0, "-");
        }
        final int type = u16(frame, ETHERNET - 2);
        if (type == IPV4 && frame.length >= ETHERNET + 20) {
            return new PacketHeader(address(frame, ETHERNET + 12, 4), address(frame, ETHERNET + 16, 4), (frame[ETHERNET + 1] & 0xff) >> 2,
                name(frame[ETHERNET + 9] & 0xff));
        }
        if (type == IPV6 && frame.length >= ETHERNET + 40) {
            return new PacketHeader(address(frame, ETHERNET + 8, 16), address(frame, ETHERNET + 24, 16), u16(frame, ETHERNET) >> 6 & 0x3f,
                name(frame[ETHERNET + 6] & 0xff));
        }
        final HexFormat hex = HexFormat.ofDelimiter(":");
        return new PacketHeader(hex.formatHex(frame, 6, 12), hex.formatHex(frame, 0, 6), 0,
            type == ARP ? "ARP" : String.format(Locale.ROOT, "0x%04x", type));
    }

    private static String name(final int protocol) {
        return Names.protocol(protocol).replaceAll("^[0-9]+ \\((.*)\\)$", "$1");
    }

    private static String address(final byte[] frame, final int at, final int length) {
        return IpAddress.of(Arrays.copyOfRange(frame, at, at + length)).toString();
    }

    private static int u16(final byte[] frame, final int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }
}
