package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * One interface.
 *
 * @param name          in full, such as {@code GigabitEthernet0/0/0}, {@code Loopback0}, {@code Tunnel1}.
 * @param description   or null.
 * @param ipv4          its addresses, the primary one first.
 * @param ipv6          its addresses.
 * @param mtu           octets of an IP packet on the link, 1500 unless set; of no meaning for a tunnel.
 * @param ipMtu         {@code ip mtu}, or null: what the link or the tunnel's encapsulation leaves.
 * @param shutdown      whether it is down by configuration.
 * @param cryptoMap     name of its crypto map, or null.
 * @param dfBit         of encapsulated packets; null: as {@link IpsecConfig#dfBit} says.
 * @param fragmentation before or after encryption; null: as {@link IpsecConfig#fragmentation} says.
 * @param ezvpn         EzVPN clients that use it.
 * @param tunnel        settings of a tunnel; null for every other interface.
 * @param nhrp          NHRP; {@link NhrpConfig#OFF} without.
 */
public record InterfaceConfig(String name, @Nullable String description, List<Address> ipv4, List<Address> ipv6, int mtu,
                              @Nullable Integer ipMtu, boolean shutdown, @Nullable String cryptoMap, IpsecConfig.@Nullable DfBit dfBit,
                              IpsecConfig.@Nullable Fragmentation fragmentation, List<EzvpnAttachment> ezvpn,
                              @Nullable TunnelConfig tunnel, NhrpConfig nhrp) {
    /** Octets of an IP packet on a link that nothing is said about. */
    public static final int DEFAULT_MTU = 1500;

    /**
     * An address of the router and its network.
     *
     * @param address ours.
     * @param length  of the network's prefix.
     */
    public record Address(IpAddress address, int length) {
        /** The connected network. */
        public IpPrefix network() {
            return new IpPrefix(address, length);
        }
    }

    /**
     * An EzVPN client's use of an interface.
     *
     * @param client name of the {@code crypto ipsec client ezvpn}.
     * @param inside whether it leads to the networks behind us; otherwise to the server.
     */
    public record EzvpnAttachment(String client, boolean inside) {
    }

    /** What an interface is, as its name says. */
    public enum Kind {
        /** Always up. */
        LOOPBACK("Loopback"),
        /** Point to point or multipoint, over IP. */
        TUNNEL("Tunnel"),
        /** A port of 1 Gbit/s. */
        GIGABIT_ETHERNET("GigabitEthernet"),
        /** A port of 10 Gbit/s. */
        TEN_GIGABIT_ETHERNET("TenGigabitEthernet");

        private final String label;

        Kind(final String label) {
            this.label = label;
        }

        /** The name without its number. */
        public String label() {
            return label;
        }

        /** Whether frames leave through it. */
        public boolean physical() {
            return this == GIGABIT_ETHERNET || this == TEN_GIGABIT_ETHERNET;
        }
    }

    /** Copies the lists. */
    public InterfaceConfig {
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
        ezvpn = List.copyOf(ezvpn);
    }

    /** What it is. */
    public Kind kind() {
        for (final Kind kind : Kind.values()) {
            if (name.startsWith(kind.label)) {
                return kind;
            }
        }
        throw new IllegalStateException(name + " is no interface");
    }

    /** The number behind the kind: {@code 0/0/0}, {@code 1}. */
    public String number() {
        return name.substring(kind().label.length());
    }
}
