package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.TunnelSpec;

/**
 * A tunnel on which NHRP is spoken: what the configuration says, and what the datapath made of it.
 *
 * @param index       of the interface.
 * @param name        of the interface, in full.
 * @param config      its NHRP.
 * @param source      our outer address.
 * @param destination the outer address of a point-to-point tunnel's other end; null: there are many.
 * @param addresses   our inner addresses.
 * @param mtu         most octets of a packet that goes in.
 */
record NhrpTunnel(int index, String name, NhrpConfig config, IpAddress source, @Nullable IpAddress destination,
                  List<InterfaceAddress> addresses, int mtu) {
    private static final int REGISTRATIONS_IN_HOLDTIME = 3;

    /** The tunnel, if NHRP is on and the datapath has it. */
    static Optional<NhrpTunnel> of(final InterfaceConfig config, final List<InterfaceSpec> interfaces, final int index) {
        final TunnelConfig tunnel = config.tunnel();
        final TunnelSpec outside = index < 0 || index >= interfaces.size() ? null : interfaces.get(index).tunnel();
        if (tunnel == null || !tunnel.mode().gre() || config.nhrp().networkId() == 0 || outside == null) {
            return Optional.empty();
        }
        final InterfaceSpec spec = interfaces.get(index);
        return Optional.of(new NhrpTunnel(index, spec.name(), config.nhrp(), outside.source(), outside.destination(), spec.addresses(),
            spec.ipMtu()));
    }

    /** Our inner address of a family, or null. */
    @Nullable IpAddress own(final boolean v6) {
        return addresses.stream().filter(each -> each.address().v6() == v6 && !each.isLinkLocal()).map(InterfaceAddress::address)
            .findFirst().orElse(null);
    }

    boolean owns(final IpAddress address) {
        return addresses.stream().anyMatch(each -> each.address().equals(address));
    }

    /** Whether an address is on the tunnel's network: whether it can be a next hop through it. */
    boolean covers(final IpAddress address) {
        return addresses.stream().anyMatch(each -> each.address().v6() == address.v6()
            && new IpPrefix(address, each.prefixLength()).equals(each.prefix()));
    }

    /** Mappings that the configuration says: {@code ip nhrp map}, and {@code ip nhrp nhs ... nbma ...}. */
    List<NhrpConfig.Mapping> fixed() {
        final List<NhrpConfig.Mapping> fixed = new ArrayList<>(config.maps());
        for (final NhrpConfig.Server server : config.servers()) {
            final IpAddress nbma = server.nbma();
            if (nbma != null && fixed.stream().noneMatch(each -> each.protocol().equals(server.protocol()))) {
                fixed.add(new NhrpConfig.Mapping(server.protocol(), nbma));
            }
        }
        return fixed;
    }

    /** The outer address that the configuration gives an inner one, or null. */
    @Nullable IpAddress fixed(final IpAddress protocol) {
        for (final NhrpConfig.Mapping mapping : fixed()) {
            if (mapping.protocol().equals(protocol)) {
                return mapping.nbma();
            }
        }
        return null;
    }

    /** The outer address of a server, or null if nothing says it. */
    @Nullable IpAddress nbmaOf(final NhrpConfig.Server server) {
        final IpAddress fixed = fixed(server.protocol());
        return fixed == null ? destination : fixed;
    }

    /** Seconds between two registrations: by default a third of the hold time, so that two may be lost. */
    int registrationSeconds() {
        return config.registrationTimeout() > 0 ? config.registrationTimeout()
            : Math.max(1, config.holdtime() / REGISTRATIONS_IN_HOLDTIME);
    }

    /** What we say of ourselves as a next hop. */
    NhrpCie self(final IpAddress own) {
        return NhrpCie.of(own.bits(), mtu, config.holdtime(), source, own);
    }
}
