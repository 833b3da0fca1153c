package org.qfpsim.datapath.sa;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.memory.RawMemory;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;

/** The outer IP header of an SA in tunnel mode (RFC 4301 section 5.1.2). What is the same in all its packets is put together once. */
final class OuterHeader {
    /** The TTL and hop limit of what we send (IOS uses 255). */
    private static final int TTL = 255;
    private static final int DF = 0x4000;

    private final boolean v6;
    private final int protocol;
    /** Source, then destination, each in two halves. */
    private final long[] addresses;
    /** Of IPv4, in host order: the words that never change, added up (RFC 1071). */
    private final long constantSum;
    private int identification;

    OuterHeader(final SaSpec spec) {
        v6 = spec.destination().v6();
        final SaSpec.@Nullable UdpEncap udp = spec.udpEncap();
        protocol = udp == null ? Net.PROTO_ESP : Net.PROTO_UDP;
        addresses = new long[] {spec.source().high(), spec.source().low(), spec.destination().high(), spec.destination().low()};
        constantSum = (0x45 << 8) + (TTL << 8 | protocol) + words(addresses[1]) + words(addresses[3]);
        identification = spec.spi() & 0xffff;
    }

    private static long words(final long address) {
        return (address >>> 16 & 0xffff) + (address & 0xffff);
    }

    /** Octets of the header. */
    int bytes() {
        return v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES;
    }

    /**
     * Writes the header.
     *
     * @param at           where to.
     * @param total        octets of the packet with it.
     * @param inner        the first four octets of the packet inside: traffic class with ECN is copied (RFC 6040 section 4.1, normal mode).
     * @param dontFragment the DF bit of IPv4.
     */
    void write(final long at, final int total, final int inner, final boolean dontFragment) {
        final int trafficClass = inner >>> 28 == 4 ? inner >>> 16 & 0xff : inner >>> 20 & 0xff;
        if (v6) {
            write6(at, total, trafficClass);
            return;
        }
        final int id = identification++ & 0xffff;
        final int flags = dontFragment ? DF : 0;
        final int sum = Checksum.fold(constantSum + trafficClass + total + id + flags);
        RawMemory.putNetworkLong(at, (0x4500L | trafficClass) << 48 | (long) total << 32 | (long) id << 16 | flags);
        RawMemory.putNetworkLong(at + 8, (long) (TTL << 8 | protocol) << 48 | (~sum & 0xffffL) << 32 | addresses[1] & 0xffff_ffffL);
        RawMemory.putNetworkInt(at + 16, (int) addresses[3]);
    }

    private void write6(final long at, final int total, final int trafficClass) {
        RawMemory.putNetworkInt(at, 6 << 28 | trafficClass << 20);
        RawMemory.putNetworkInt(at + 4, total - Net.IPV6_HEADER_BYTES << 16 | protocol << 8 | TTL);
        for (int i = 0; i < addresses.length; i++) {
            RawMemory.putNetworkLong(at + 8 + (long) i * Long.BYTES, addresses[i]);
        }
    }
}
