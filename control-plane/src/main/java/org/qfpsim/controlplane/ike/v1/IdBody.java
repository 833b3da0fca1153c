package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * An identification payload (RFC 2407 section 4.6.2): who somebody is in phase 1, which packets in phase 2.
 *
 * @param type     1 IPv4 address, 2 FQDN, 3 user FQDN, 4 IPv4 subnet, 5 IPv6 address, 6 IPv6 subnet, 11 key id.
 * @param protocol upper-layer protocol; 0 is any.
 * @param port     0 is any.
 * @param data     address, address and mask, or name.
 */
record IdBody(int type, int protocol, int port, byte[] data) {
    private static final int IPV4_SUBNET = 4;
    private static final int IPV6_SUBNET = 6;
    private static final int FIXED = 4;
    private static final int ANY_PORT = 65535;

    /**
     * Reads the body.
     *
     * @param body behind the generic header.
     * @return the identification.
     * @throws MalformedException if it is too short, or an address has not its family's length.
     */
    static IdBody parse(final byte[] body) throws MalformedException {
        if (body.length <= FIXED) {
            throw new MalformedException("an identification payload of " + body.length + " octets");
        }
        final int type = body[0] & 0xff;
        final int length = body.length - FIXED;
        final int wanted = switch (type) {
            case IkeIdentity.IPV4 -> 4;
            case IPV4_SUBNET -> 8;
            case IkeIdentity.IPV6 -> 16;
            case IPV6_SUBNET -> 32;
            default -> length;
        };
        if (length != wanted) {
            throw new MalformedException("identification of type " + type + " with " + length + " octets");
        }
        return new IdBody(type, body[1] & 0xff, (body[2] & 0xff) << 8 | body[3] & 0xff, Arrays.copyOfRange(body, FIXED, body.length));
    }

    /** An identity in phase 1. */
    static IdBody of(final IkeIdentity identity) {
        return new IdBody(identity.type(), 0, 0, identity.value());
    }

    /** The source's or destination's side of a selector; a range of ports that is not a single one becomes "any". */
    static IdBody of(final TrafficSelector selector, final boolean source) {
        final IpPrefix prefix = source ? selector.source() : selector.destination();
        final int low = source ? selector.sourcePortLow() : selector.destinationPortLow();
        final int high = source ? selector.sourcePortHigh() : selector.destinationPortHigh();
        final boolean v6 = prefix.address().v6();
        final boolean host = prefix.length() == prefix.address().bits();
        final byte[] mask = new IpAddress(v6, prefix.maskHigh(), prefix.maskLow()).octets();
        return new IdBody(host ? v6 ? IkeIdentity.IPV6 : IkeIdentity.IPV4 : v6 ? IPV6_SUBNET : IPV4_SUBNET,
            Math.max(0, selector.protocol()), low == high ? low : 0,
            host ? prefix.address().octets() : Octets.join(prefix.address().octets(), mask));
    }

    /** The payload to send. */
    Payload payload() {
        return new Payload(Isakmp.ID, encode());
    }

    /** The body's octets. */
    byte[] encode() {
        return Octets.join(new byte[] {(byte) type, (byte) protocol, (byte) (port >> 8), (byte) port}, data);
    }

    /** As identity of a peer. */
    IkeIdentity identity() {
        return new IkeIdentity(type, data);
    }

    /**
     * The addresses that it covers.
     *
     * @return the prefix.
     * @throws MalformedException if it is not an address, or a subnet whose mask is not of ones followed by zeros.
     */
    IpPrefix prefix() throws MalformedException {
        if (type == IkeIdentity.IPV4 || type == IkeIdentity.IPV6) {
            return new IpPrefix(IpAddress.of(data), data.length * Byte.SIZE);
        }
        if (type != IPV4_SUBNET && type != IPV6_SUBNET) {
            throw new MalformedException("identification of type " + type + " is not a subnet");
        }
        final IpAddress mask = IpAddress.of(Arrays.copyOfRange(data, data.length / 2, data.length));
        final int length = Long.bitCount(mask.high()) + Long.bitCount(mask.low());
        final IpPrefix prefix = new IpPrefix(IpAddress.of(Arrays.copyOf(data, data.length / 2)), length);
        if (prefix.maskHigh() != mask.high() || prefix.maskLow() != mask.low()) {
            throw new MalformedException("mask " + mask);
        }
        return prefix;
    }

    /**
     * What two identifications cover.
     *
     * @param source      of packets.
     * @param destination of packets.
     * @return the selector.
     * @throws MalformedException if they are not subnets of one family with one protocol.
     */
    static TrafficSelector selector(final IdBody source, final IdBody destination) throws MalformedException {
        final IpPrefix from = source.prefix();
        final IpPrefix to = destination.prefix();
        if (from.address().v6() != to.address().v6() || source.protocol != destination.protocol) {
            throw new MalformedException("selectors of two families or protocols");
        }
        return new TrafficSelector(from, to, source.protocol == 0 ? TrafficSelector.ANY_PROTOCOL : source.protocol,
            source.port, source.port == 0 ? ANY_PORT : source.port, destination.port, destination.port == 0 ? ANY_PORT : destination.port);
    }
}
