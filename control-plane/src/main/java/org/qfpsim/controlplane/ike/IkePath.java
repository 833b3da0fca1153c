package org.qfpsim.controlplane.ike;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * Addresses and UDP ports of an exchange, as seen from here.
 *
 * @param local      our address.
 * @param localPort  500 or 4500.
 * @param remote     the peer's address, or its NAT's.
 * @param remotePort the peer's port, or its NAT's.
 */
public record IkePath(IpAddress local, int localPort, IpAddress remote, int remotePort) {
    /** Port of IKE (RFC 7296 section 2). */
    public static final int IKE_PORT = 500;
    /** Port of IKE and ESP behind a NAT (RFC 3948). */
    public static final int NAT_PORT = 4500;

    /**
     * The path between two addresses, port 500 at both ends.
     *
     * @param local our address.
     * @param peer  the peer's.
     * @return the path.
     */
    public static IkePath between(final IpAddress local, final IpAddress peer) {
        return new IkePath(local, IKE_PORT, peer, IKE_PORT);
    }

    /** Whether messages carry the non-ESP marker in front (RFC 3948 section 2.2). */
    public boolean marked() {
        return localPort == NAT_PORT;
    }
}
