package org.qfpsim.controlplane.cryptoshow;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * What packets of an interface's SAs leave through.
 *
 * @param name  its name.
 * @param ipMtu the largest IP packet.
 */
record Underlay(String name, int ipMtu) {
    /** The interface itself, or that of a tunnel's source; what it is routed through from a loopback is not asked. */
    static Underlay of(final RouterConfig config, final String interfaceName) {
        final InterfaceConfig own = config.interfaceNamed(interfaceName).orElse(null);
        final TunnelConfig tunnel = own == null ? null : own.tunnel();
        InterfaceConfig found = own;
        if (tunnel != null) {
            found = tunnel.sourceInterface() == null ? withAddress(config, tunnel.sourceAddress())
                : config.interfaceNamed(tunnel.sourceInterface()).orElse(null);
        }
        if (found == null) {
            return new Underlay(interfaceName, InterfaceConfig.DEFAULT_MTU);
        }
        return new Underlay(found.name(), found.ipMtu() == null ? found.mtu() : found.ipMtu());
    }

    private static @Nullable InterfaceConfig withAddress(final RouterConfig config, final @Nullable IpAddress address) {
        return config.interfaces().stream().filter(each -> Stream.concat(each.ipv4().stream(), each.ipv6().stream())
            .anyMatch(own -> own.address().equals(address))).findFirst().orElse(null);
    }
}
