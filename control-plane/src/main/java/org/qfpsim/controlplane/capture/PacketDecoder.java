package org.qfpsim.controlplane.capture;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.trace.TraceRecord;

/**
 * Takes octets of a packet apart, as far as there are any: ARPA, ARP, IPv4 (RFC 791), IPv6 (RFC 8200), UDP, ESP (RFC 4303), ICMP (RFC 792),
 * GRE (RFC 2784, 2890). A header that the copy has only a part of ends it. No length in the packet is trusted.
 */
final class PacketDecoder {
    private static final HexFormat HEX = HexFormat.of();
    private static final int MAX_LAYERS = 8;
    private static final int PORT_NATT = 4500;

    private final byte[] octets;
    private final StringBuilder text;
    private int layers;

    PacketDecoder(final byte[] octets, final StringBuilder text) {
        this.octets = octets;
        this.text = text;
    }

    void decode(final TraceRecord.Form form, final int type) {
        switch (form) {
            case ETHERNET -> ethernet(0);
            case IP -> ip(0);
            case UPPER -> upper(type, 0);
            case PAYLOAD -> payload(type, 0);
        }
    }

    private int u8(final int at) {
        return octets[at] & 0xff;
    }

    private int u16(final int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private long u32(final int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    /** Begins a header of so many octets; false if they are not there, or it is one too many. */
    private boolean header(final String name, final int at, final int length) {
        if (at > octets.length || ++layers > MAX_LAYERS) {
            return false;
        }
        text.append("  ").append(name).append('\n');
        if (octets.length - at < length) {
            row("Data", HEX.formatHex(octets, at, octets.length) + " (cut)");
            return false;
        }
        return true;
    }

    private void row(final String name, final Object value) {
        text.append(String.format(Locale.ROOT, "    %-20s: %s%n", name, value));
    }

    private static String hex(final int digits, final long value) {
        return String.format(Locale.ROOT, "0x%0" + digits + "x", value);
    }

    private String mac(final int at) {
        return HEX.formatHex(octets, at, at + 2) + "." + HEX.formatHex(octets, at + 2, at + 4) + "."
            + HEX.formatHex(octets, at + 4, at + 6);
    }

    private IpAddress address(final int at, final int length) {
        return IpAddress.of(Arrays.copyOfRange(octets, at, at + length));
    }

    private void ethernet(final int at) {
        if (header("ARPA", at, 14)) {
            row("Destination MAC", mac(at));
            row("Source MAC", mac(at + 6));
            final int type = u16(at + 12);
            final String name = switch (type) {
                case 0x0800 -> " (IPV4)";
                case 0x0806 -> " (ARP)";
                case 0x86dd -> " (IPV6)";
                default -> "";
            };
            row("Type", hex(4, type) + name);
            payload(type, at + 14);
        }
    }

    private void payload(final int type, final int at) {
        switch (type) {
            case 0x0800, 0x86dd -> ip(at);
            case 0x0806 -> arp(at);
            default -> data(at);
        }
    }

    private void data(final int at) {
        if (at < octets.length) {
            row("Data", HEX.formatHex(octets, at, octets.length));
        }
    }

    private void arp(final int at) {
        if (header("ARP", at, 28)) {
            row("Operation", u16(at + 6) + (u16(at + 6) == 1 ? " (Request)" : u16(at + 6) == 2 ? " (Reply)" : ""));
            row("Sender MAC", mac(at + 8));
            row("Sender Address", address(at + 14, 4));
            row("Target MAC", mac(at + 18));
            row("Target Address", address(at + 24, 4));
        }
    }

    private void ip(final int at) {
        if (at < octets.length && u8(at) >> 4 == 6) {
            ipv6(at);
        } else {
            ipv4(at);
        }
    }

    private void ipv4(final int at) {
        if (!header("IPv4", at, 20)) {
            return;
        }
        row("Version", u8(at) >> 4);
        row("Header Length", u8(at) & 15);
        row("ToS", hex(2, u8(at + 1)));
        row("Total Length", u16(at + 2));
        row("Identifier", hex(4, u16(at + 4)));
        final int fragment = u16(at + 6);
        row("IP Flags", hex(1, fragment >> 13) + ((fragment & 0x4000) == 0 ? "" : " (Don't fragment)")
            + ((fragment & 0x2000) == 0 ? "" : " (More fragments)"));
        row("Frag Offset", fragment & 0x1fff);
        row("TTL", u8(at + 8));
        row("Protocol", Names.protocol(u8(at + 9)));
        row("Header Checksum", hex(4, u16(at + 10)));
        row("Source Address", address(at + 12, 4));
        row("Destination Address", address(at + 16, 4));
        final int next = at + (u8(at) & 15) * 4;
        if ((fragment & 0x1fff) == 0 && next >= at + 20) {
            upper(u8(at + 9), next);
        } else {
            data(Math.max(next, at + 20));
        }
    }

    private void ipv6(final int at) {
        if (header("IPv6", at, 40)) {
            row("Version", u8(at) >> 4);
            row("Traffic Class", hex(2, u16(at) >> 4 & 0xff));
            row("Flow Label", hex(5, u32(at) & 0xf_ffff));
            row("Payload Length", u16(at + 4));
            row("Next Header", Names.protocol(u8(at + 6)));
            row("Hop Limit", u8(at + 7));
            row("Source Address", address(at + 8, 16));
            row("Destination Address", address(at + 24, 16));
            upper(u8(at + 6), at + 40);
        }
    }

    private void upper(final int protocol, final int at) {
        switch (protocol) {
            case 1 -> icmp(at);
            case 4, 41 -> ip(at);
            case 17 -> udp(at);
            case 47 -> gre(at);
            case 50 -> esp(at);
            default -> data(at);
        }
    }

    private void icmp(final int at) {
        if (header("ICMP", at, 8)) {
            final String name = switch (u8(at)) {
                case 0 -> " (Echo Reply)";
                case 3 -> " (Destination Unreachable)";
                case 8 -> " (Echo)";
                case 11 -> " (Time Exceeded)";
                default -> "";
            };
            row("Type", u8(at) + name);
            row("Code", u8(at + 1));
            row("Checksum", hex(4, u16(at + 2)));
            if (u8(at) == 0 || u8(at) == 8) {
                row("Identifier", hex(4, u16(at + 4)));
                row("Sequence", hex(4, u16(at + 6)));
            }
            data(at + 8);
        }
    }

    private void udp(final int at) {
        if (header("UDP", at, 8)) {
            row("Source Port", u16(at));
            row("Destination Port", u16(at + 2));
            row("Length", u16(at + 4));
            row("Checksum", hex(4, u16(at + 6)));
            final boolean natt = u16(at) == PORT_NATT || u16(at + 2) == PORT_NATT;
            // RFC 3948 section 2: four zeros in front of IKE, one octet of ones to keep a NAT's mapping.
            if (natt && octets.length - at >= 12 && u32(at + 8) != 0) {
                esp(at + 8);
            } else {
                data(at + 8);
            }
        }
    }

    private void esp(final int at) {
        if (header("ESP", at, 8)) {
            row("SPI", hex(8, u32(at)));
            row("Sequence Number", hex(8, u32(at + 4)));
            data(at + 8);
        }
    }

    private void gre(final int at) {
        if (!header("GRE", at, 4)) {
            return;
        }
        final int flags = u16(at);
        row("Flags", hex(4, flags));
        row("Protocol Type", hex(4, u16(at + 2)));
        int next = at + 4;
        for (int bit = 0x8000; bit >= 0x1000; bit >>= 1) {
            final boolean set = bit != 0x4000 && (flags & bit) != 0;
            if (set && octets.length - next < 4) {
                return;
            }
            if (set) {
                row(bit == 0x8000 ? "Checksum" : bit == 0x2000 ? "Key" : "Sequence Number", hex(8, u32(next)));
                next += 4;
            }
        }
        payload(u16(at + 2), next);
    }
}
