package org.qfpsim.datapath.sa;

import org.qfpsim.datapath.packet.IpPrefix;

/**
 * Which packets an SA or a policy entry covers (RFC 4301 section 4.4.1), as seen in the packet's own direction.
 *
 * @param source              the packet's source.
 * @param destination         the packet's destination; the family of the source.
 * @param protocol            the upper-layer protocol, or {@link #ANY_PROTOCOL}.
 * @param sourcePortLow       first source port, 0 to 65535.
 * @param sourcePortHigh      last source port; 0 to 65535 in all means any, and then also packets without ports.
 * @param destinationPortLow  first destination port.
 * @param destinationPortHigh last destination port.
 */
public record TrafficSelector(IpPrefix source, IpPrefix destination, int protocol,
                              int sourcePortLow, int sourcePortHigh, int destinationPortLow, int destinationPortHigh) {
    /** Matches every upper-layer protocol. */
    public static final int ANY_PROTOCOL = -1;

    /** Checks families and ranges. */
    public TrafficSelector {
        if (source.address().v6() != destination.address().v6()) {
            throw new IllegalArgumentException("selector " + source + " to " + destination + " mixes IPv4 and IPv6");
        }
        if (protocol < ANY_PROTOCOL || protocol > 255) {
            throw new IllegalArgumentException("protocol " + protocol + " is not within 0 to 255");
        }
        if (sourcePortLow < 0 || sourcePortLow > sourcePortHigh || sourcePortHigh > 65535
            || destinationPortLow < 0 || destinationPortLow > destinationPortHigh || destinationPortHigh > 65535) {
            throw new IllegalArgumentException("a port range is not within 0 to 65535");
        }
    }

    /** Whether only the addresses count. */
    public boolean anyProtocol() {
        return protocol == ANY_PROTOCOL && sourcePortLow == 0 && sourcePortHigh == 65535 && destinationPortLow == 0
            && destinationPortHigh == 65535;
    }

    /**
     * Covers all protocols and ports between two prefixes.
     *
     * @param source      the packet's source.
     * @param destination the packet's destination.
     * @return the selector.
     */
    public static TrafficSelector between(final IpPrefix source, final IpPrefix destination) {
        return new TrafficSelector(source, destination, ANY_PROTOCOL, 0, 65535, 0, 65535);
    }
}
