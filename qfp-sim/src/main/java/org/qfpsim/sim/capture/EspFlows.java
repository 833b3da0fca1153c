package org.qfpsim.sim.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.InputException;

/**
 * Finds which ESP flows a capture has: ESP as protocol 50 and in UDP port 4500 (RFC 3948), over IPv4 and IPv6, behind VLAN tags, IPv6
 * extension headers and AH; of a fragmented packet the first fragment tells. Frames in which no SPI is captured are passed over.
 */
public final class EspFlows {
    /** Bounds memory; a capture with more SPIs is a scan of the SPI space, not traffic of SAs. */
    static final int MAX_FLOWS = 1 << 20;

    private static final int HOP_BY_HOP = 0;
    private static final int UDP = 17;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int ESP = 50;
    private static final int AH = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
    private static final int NAT_T_PORT = 4500;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private EspFlows() {
    }

    /**
     * Reads a capture to its end. Where the file is damaged, the flows before the damage are the answer: whoever replays the file meets the
     * damage again and reports it. (A FIFO can be read only once: it cannot be scanned and then replayed.)
     *
     * @param capture at its beginning; not closed.
     * @return the flows, in the order in which they appear.
     * @throws InputException if there are more than a million.
     */
    public static Set<EspFlow> scan(final CaptureReader capture) {
        final Set<EspFlow> flows = new LinkedHashSet<>();
        while (nextUndamaged(capture)) {
            final EspFlow flow = of(capture.linkType(), capture.data(), capture.capturedLength());
            if (flow != null && flows.add(flow) && flows.size() > MAX_FLOWS) {
                throw new InputException("frame " + capture.frameNumber() + ": more than " + MAX_FLOWS
                    + " ESP flows: name the SAs in a device file instead of using wildcards");
            }
        }
        return flows;
    }

    private static boolean nextUndamaged(final CaptureReader capture) {
        try {
            return capture.next();
        } catch (final CaptureException e) {
            return false;
        }
    }

    /**
     * Looks at one frame.
     *
     * @param linkType what it starts with.
     * @param frame    its octets.
     * @param length   how many count.
     * @return its flow, or null if it is not ESP.
     */
    static @Nullable EspFlow of(final LinkType linkType, final byte[] frame, final int length) {
        final int ip = linkType.ipOffset(frame, length);
        if (ip < 0) {
            return null;
        }
        final ByteBuffer packet = ByteBuffer.wrap(frame, ip, length - ip).slice();
        return packet.get(0) >>> 4 == 4 ? ipv4(packet) : ipv6(packet);
    }

    private static @Nullable EspFlow ipv4(final ByteBuffer packet) {
        final int header = (packet.get(0) & 15) * 4;
        if (packet.limit() < IPV4_HEADER || header < IPV4_HEADER || (packet.getShort(6) & 0x1fff) != 0) {
            return null;
        }
        return upper(packet, packet.get(9), header, address(packet, 12, 4), address(packet, 16, 4));
    }

    private static @Nullable EspFlow ipv6(final ByteBuffer packet) {
        if (packet.limit() < IPV6_HEADER) {
            return null;
        }
        int next = packet.get(6);
        int at = IPV6_HEADER;
        while (at + 8 <= packet.limit()) {
            final int length;
            switch (next & 255) {
                case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, MOBILITY -> length = 8 + 8 * (packet.get(at + 1) & 255);
                case FRAGMENT -> {
                    if ((packet.getShort(at + 2) & 0xfff8) != 0) {
                        return null;
                    }
                    length = 8;
                }
                default -> {
                    return upper(packet, (byte) next, at, address(packet, 8, 16), address(packet, 24, 16));
                }
            }
            next = packet.get(at);
            at += length;
        }
        return null;
    }

    private static @Nullable EspFlow upper(final ByteBuffer packet, final byte first, final int offset,
                                           final IpAddress source, final IpAddress destination) {
        byte protocol = first;
        int spiAt = offset;
        while (protocol == AH && spiAt + 2 <= packet.limit()) {
            protocol = packet.get(spiAt);
            // RFC 4302 section 2.2: the length is in 32-bit words, minus 2.
            spiAt += 4 * ((packet.get(spiAt + 1) & 255) + 2);
        }
        if (protocol == UDP && spiAt + UDP_HEADER <= packet.limit()
            && (port(packet, spiAt) == NAT_T_PORT || port(packet, spiAt + 2) == NAT_T_PORT)) {
            spiAt += UDP_HEADER;
        } else if (protocol != ESP) {
            return null;
        }
        // Zero is the marker of IKE in UDP port 4500 (RFC 3948 section 2.2), and never an SPI.
        final int spi = spiAt + 4 <= packet.limit() ? packet.getInt(spiAt) : 0;
        return spi == 0 ? null : new EspFlow(source, destination, spi);
    }

    private static int port(final ByteBuffer packet, final int offset) {
        return packet.getShort(offset) & 0xffff;
    }

    private static IpAddress address(final ByteBuffer packet, final int offset, final int length) {
        return IpAddress.of(Arrays.copyOfRange(packet.array(), packet.arrayOffset() + offset, packet.arrayOffset() + offset + length));
    }
}
