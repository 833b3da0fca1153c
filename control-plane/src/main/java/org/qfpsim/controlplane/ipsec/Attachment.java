package org.qfpsim.controlplane.ipsec;

/** How a flow got into the configuration. */
public enum Attachment {
    /** An entry of a crypto map with {@code set peer}. */
    STATIC_MAP("static crypto map", "crypto map"),
    /** An entry of a crypto map with session keys ({@code ipsec-manual}): no IKE. */
    MANUAL_MAP("manual crypto map", "crypto map"),
    /** An entry of a dynamic crypto map. */
    DYNAMIC_MAP("dynamic crypto map", "dynamic crypto map"),
    /** {@code tunnel mode gre ip} with {@code tunnel protection}. */
    GRE("point-to-point GRE with tunnel protection", "crypto map"),
    /** {@code tunnel mode gre multipoint}, the peer from {@code ip nhrp map}. */
    MGRE_STATIC("mGRE with tunnel protection, static NHRP mapping", "crypto map"),
    /** {@code tunnel mode gre multipoint}, peers by NHRP. */
    MGRE_DYNAMIC("mGRE with tunnel protection, dynamic NHRP mapping", "crypto map"),
    /** {@code tunnel mode ipsec ipv4} or {@code ipv6}. */
    VTI("sVTI", "crypto map"),
    /** {@code crypto ipsec client ezvpn}. */
    EZVPN_CLIENT("EzVPN client", "crypto map"),
    /** The server's side of EzVPN. */
    EZVPN_SERVER("EzVPN server", "dynamic crypto map");

    private final String text;
    private final String origin;

    Attachment(final String text, final String origin) {
        this.text = text;
        this.origin = origin;
    }

    /** In words, as documentation calls it. */
    public String text() {
        return text;
    }

    /** As {@code show crypto session} calls it. */
    public String origin() {
        return origin;
    }

    /** Whether it is a tunnel interface: its SAs are renewed without traffic too. */
    public boolean tunnel() {
        return this == GRE || this == MGRE_STATIC || this == MGRE_DYNAMIC || this == VTI;
    }
}
