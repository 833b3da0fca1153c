package org.qfpsim.datapath.route;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * The outside of a tunnel interface.
 *
 * @param source      our outer address, already looked up if the configuration names an interface.
 * @param destination the peer's outer address; null for {@link InterfaceKind#TUNNEL_MGRE}, and for a VTI whose peers come to it.
 * @param key         GRE key (RFC 2890), 0 to 2^32 - 1, or {@link #NO_KEY}.
 * @param checksum    whether GRE packets leave with a checksum; those that come with one are checked in any case.
 * @param flow        of the tunnel protection, or {@link RoutedConfig#NO_FLOW} if packets travel in clear. A VTI always has one. With
 *                    {@link InterfaceKind#TUNNEL_MGRE} the flow to a peer is that of its {@link NhrpMapping}; this one is named when a
 *                    peer has none.
 */
public record TunnelSpec(IpAddress source, @Nullable IpAddress destination, long key, boolean checksum, int flow) {
    /** No GRE key. */
    public static final long NO_KEY = -1;

    /** Checks families and ranges. */
    public TunnelSpec {
        if (destination != null && destination.v6() != source.v6()) {
            throw new IllegalArgumentException("tunnel source " + source + " and destination " + destination + " are of two families");
        }
        if (key < NO_KEY || key > 0xffff_ffffL) {
            throw new IllegalArgumentException("tunnel key " + key + " is not within 0 to 4294967295");
        }
        if (flow < RoutedConfig.NO_FLOW || flow > RoutedConfig.MAX_FLOW) {
            throw new IllegalArgumentException("flow " + flow + " is not within 0 to " + RoutedConfig.MAX_FLOW);
        }
    }

    /** Whether packets are to come and go through SAs. */
    public boolean isProtected() {
        return flow != RoutedConfig.NO_FLOW;
    }

    /** Octets of the GRE header (RFC 2784 section 2, RFC 2890 section 2). */
    public int greBytes() {
        return 4 + (checksum ? 4 : 0) + (key == NO_KEY ? 0 : 4);
    }
}
