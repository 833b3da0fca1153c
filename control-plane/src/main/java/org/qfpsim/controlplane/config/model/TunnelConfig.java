package org.qfpsim.controlplane.config.model;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * What is said about a tunnel.
 *
 * @param mode            what carries the packets.
 * @param sourceAddress   {@code tunnel source} by address, or null.
 * @param sourceInterface {@code tunnel source} by interface, or null; at most one of the two is set.
 * @param destination     {@code tunnel destination}, or null (multipoint; or any peer may come, {@code ipsec} modes).
 * @param key             GRE key, 0 to 4294967295, or null.
 * @param protection      {@code tunnel protection ipsec}, or null.
 */
public record TunnelConfig(Mode mode, @Nullable IpAddress sourceAddress, @Nullable String sourceInterface,
                           @Nullable IpAddress destination, @Nullable Long key, @Nullable Protection protection) {
    /** A new tunnel: GRE over IPv4, nothing else known. */
    public static final TunnelConfig NEW = new TunnelConfig(Mode.GRE_IP, null, null, null, null, null);

    /** What carries the packets. */
    public enum Mode {
        /** Point-to-point GRE over IPv4: the default. */
        GRE_IP("gre ip"),
        /** GRE to many peers, found by NHRP. */
        GRE_MULTIPOINT("gre multipoint"),
        /** A static virtual tunnel interface: IPsec without GRE, over IPv4. */
        IPSEC_IPV4("ipsec ipv4"),
        /** The same over IPv6. */
        IPSEC_IPV6("ipsec ipv6");

        private final String words;

        Mode(final String words) {
            this.words = words;
        }

        /** What follows {@code tunnel mode}. */
        public String words() {
            return words;
        }

        /** Whether there is a GRE header. */
        public boolean gre() {
            return this == GRE_IP || this == GRE_MULTIPOINT;
        }
    }

    /**
     * Tunnel protection.
     *
     * @param profile      name of the IPsec profile.
     * @param ikev2Profile name of an IKEv2 profile instead of the IPsec profile's own, or null.
     */
    public record Protection(String profile, @Nullable String ikev2Profile) {
    }
}
