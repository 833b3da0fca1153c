package org.qfpsim.datapath.route;

/** What an interface is. */
public enum InterfaceKind {
    /** Frames come in and leave here. */
    ETHERNET(false),
    /** Has addresses, leads nowhere. */
    LOOPBACK(false),
    /** GRE to one peer ({@code tunnel mode gre ip|ipv6}). */
    TUNNEL_GRE(true),
    /** GRE to many peers, found by NHRP ({@code tunnel mode gre multipoint}). */
    TUNNEL_MGRE(true),
    /** A virtual tunnel interface: IP packets directly in ESP ({@code tunnel mode ipsec ipv4|ipv6}). */
    TUNNEL_IPSEC(true);

    private final boolean tunnel;

    InterfaceKind(final boolean tunnel) {
        this.tunnel = tunnel;
    }

    /** Whether packets are wrapped to leave through it. */
    public boolean isTunnel() {
        return tunnel;
    }

    /** Whether they are wrapped in GRE. */
    public boolean isGre() {
        return this == TUNNEL_GRE || this == TUNNEL_MGRE;
    }
}
