package org.qfpsim.datapath.route;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.pipeline.OutboundOptions;

/**
 * An interface as the datapath knows it.
 *
 * @param index     dense number in the router, from 0, for as long as the router runs.
 * @param name      such as {@code GigabitEthernet0/0/0}.
 * @param kind      what it is.
 * @param mac       its Ethernet address; null unless it is Ethernet.
 * @param addresses its own addresses of both families; link-local ones of IPv6 too.
 * @param mtu       most octets of a packet in a frame of it.
 * @param ipMtu     most octets of an IP packet that leaves through it, at most {@code mtu}; a longer one is cut, or refused.
 * @param up        whether packets pass.
 * @param tunnel    the outside of a tunnel; null for other kinds.
 * @param sealing   what it says about packets that are protected here; {@link Sealing#AS_THE_ROUTER} if nothing.
 */
public record InterfaceSpec(int index, String name, InterfaceKind kind, @Nullable MacAddress mac, List<InterfaceAddress> addresses,
                            int mtu, int ipMtu, boolean up, @Nullable TunnelSpec tunnel, Sealing sealing) {
    /** Smallest MTU: what every IPv4 link carries (RFC 791). */
    public static final int MIN_MTU = 68;
    /** Largest MTU. */
    public static final int MAX_MTU = 65_535;

    /**
     * How packets are protected that an interface protects: by its crypto map, or because it is a protected tunnel.
     *
     * @param dfBit         of outer headers ({@code crypto ipsec df-bit}); null: as {@link RoutedConfig} says for all.
     * @param fragmentation when a packet that is too big is cut ({@code crypto ipsec fragmentation}); null: the same.
     */
    public record Sealing(OutboundOptions.@Nullable DfBit dfBit, OutboundOptions.@Nullable Fragmentation fragmentation) {
        /** Nothing of its own. */
        public static final Sealing AS_THE_ROUTER = new Sealing(null, null);
    }

    /**
     * An interface that says nothing of its own about protected packets.
     *
     * @param index     its number.
     * @param name      its name.
     * @param kind      what it is.
     * @param mac       its Ethernet address, or null.
     * @param addresses its own addresses.
     * @param mtu       most octets of a packet in a frame of it.
     * @param ipMtu     most octets of an IP packet that leaves through it.
     * @param up        whether packets pass.
     * @param tunnel    the outside of a tunnel, or null.
     */
    public InterfaceSpec(final int index, final String name, final InterfaceKind kind, final @Nullable MacAddress mac,
                         final List<InterfaceAddress> addresses, final int mtu, final int ipMtu, final boolean up,
                         final @Nullable TunnelSpec tunnel) {
        this(index, name, kind, mac, addresses, mtu, ipMtu, up, tunnel, Sealing.AS_THE_ROUTER);
    }

    /** Checks what belongs together. */
    public InterfaceSpec {
        addresses = List.copyOf(addresses);
        if (index < 0 || index > RoutedConfig.MAX_INTERFACE) {
            throw new IllegalArgumentException("interface " + name + ": index " + index + " is not within 0 to "
                + RoutedConfig.MAX_INTERFACE);
        }
        if (mtu < MIN_MTU || mtu > MAX_MTU || ipMtu < MIN_MTU || ipMtu > mtu) {
            throw new IllegalArgumentException("interface " + name + ": mtu " + mtu + " and ip mtu " + ipMtu + " are not within " + MIN_MTU
                + " to " + MAX_MTU + ", the second at most the first");
        }
        if (kind == InterfaceKind.ETHERNET != (mac != null)) {
            throw new IllegalArgumentException("interface " + name + ": Ethernet interfaces, and no others, have an Ethernet address");
        }
        if (kind.isTunnel() != (tunnel != null)) {
            throw new IllegalArgumentException("interface " + name + ": tunnel interfaces, and no others, have a tunnel source");
        }
        checkTunnel(name, kind, tunnel);
    }

    private static void checkTunnel(final String name, final InterfaceKind kind, final @Nullable TunnelSpec tunnel) {
        if (tunnel == null) {
            return;
        }
        if (kind == InterfaceKind.TUNNEL_MGRE != (tunnel.destination() == null) && kind.isGre()) {
            throw new IllegalArgumentException("interface " + name
                + ": a point-to-point tunnel has a destination, a multipoint one has none");
        }
        if (kind == InterfaceKind.TUNNEL_IPSEC && !tunnel.isProtected()) {
            throw new IllegalArgumentException("interface " + name + ": an IPsec tunnel has a flow");
        }
    }

    /**
     * An Ethernet interface that is up, with an MTU of 1,500 octets.
     *
     * @param index     its number.
     * @param name      its name.
     * @param mac       its Ethernet address.
     * @param addresses such as {@code 10.1.1.1/24}.
     * @return the interface.
     */
    public static InterfaceSpec ethernet(final int index, final String name, final MacAddress mac, final String... addresses) {
        return new InterfaceSpec(index, name, InterfaceKind.ETHERNET, mac, parse(addresses), 1500, 1500, true, null);
    }

    /**
     * A loopback interface.
     *
     * @param index     its number.
     * @param name      its name.
     * @param addresses such as {@code 10.0.0.1/32}.
     * @return the interface.
     */
    public static InterfaceSpec loopback(final int index, final String name, final String... addresses) {
        return new InterfaceSpec(index, name, InterfaceKind.LOOPBACK, null, parse(addresses), 1514, 1514, true, null);
    }

    /**
     * A tunnel interface that is up.
     *
     * @param index     its number.
     * @param name      its name.
     * @param kind      one of the tunnels.
     * @param tunnel    its outside.
     * @param ipMtu     most octets of a packet that goes in.
     * @param addresses such as {@code 172.16.0.1/30}.
     * @return the interface.
     */
    public static InterfaceSpec tunnel(final int index, final String name, final InterfaceKind kind, final TunnelSpec tunnel,
                                       final int ipMtu, final String... addresses) {
        return new InterfaceSpec(index, name, kind, null, parse(addresses), MAX_MTU, ipMtu, true, tunnel);
    }

    private static List<InterfaceAddress> parse(final String... addresses) {
        return List.of(addresses).stream().map(InterfaceAddress::parse).toList();
    }

    /**
     * The same interface, up or down.
     *
     * @param value whether packets pass.
     * @return the changed copy.
     */
    public InterfaceSpec withUp(final boolean value) {
        return new InterfaceSpec(index, name, kind, mac, addresses, mtu, ipMtu, value, tunnel, sealing);
    }

    /**
     * The same interface with words of its own about protected packets.
     *
     * @param value what it says.
     * @return the changed copy.
     */
    public InterfaceSpec withSealing(final Sealing value) {
        return new InterfaceSpec(index, name, kind, mac, addresses, mtu, ipMtu, up, tunnel, value);
    }

    /**
     * Whether it takes packets of a family: whether it has an address of it.
     *
     * @param v6 the family.
     * @return true if so.
     */
    public boolean speaks(final boolean v6) {
        return addresses.stream().anyMatch(address -> address.address().v6() == v6);
    }
}
