package org.qfpsim.controlplane.config.text;

import java.util.List;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig;

/** Interfaces. */
final class InterfaceWriter {
    private InterfaceWriter() {
    }

    static void write(final Lines lines, final List<InterfaceConfig> interfaces) {
        for (final InterfaceConfig each : interfaces) {
            lines.add("interface " + each.name());
            addresses(lines, each);
            nhrp(lines, each.nhrp());
            lines.subIf(each.shutdown(), "shutdown");
            final TunnelConfig tunnel = each.tunnel();
            if (tunnel != null) {
                tunnel(lines, tunnel);
            }
            lines.subNamed("crypto map", each.cryptoMap());
            if (each.dfBit() != null) {
                lines.sub(IpsecWriter.dfBit(each.dfBit()));
            }
            if (each.fragmentation() != null) {
                lines.sub(IpsecWriter.fragmentation(each.fragmentation()));
            }
            each.ezvpn().forEach(use -> lines.sub("crypto ipsec client ezvpn " + use.client() + (use.inside() ? " inside" : "")));
            lines.gap();
        }
    }

    private static void addresses(final Lines lines, final InterfaceConfig each) {
        lines.subNamed("description", each.description());
        lines.subIf(each.mtu() != InterfaceConfig.DEFAULT_MTU, "mtu " + each.mtu());
        lines.subIf(each.ipv4().isEmpty(), "no ip address");
        for (int i = 0; i < each.ipv4().size(); i++) {
            final InterfaceConfig.Address address = each.ipv4().get(i);
            lines.sub("ip address " + address.address() + " " + Lines.mask(address.length()) + (i == 0 ? "" : " secondary"));
        }
        lines.subIf(each.ipMtu() != null, "ip mtu " + each.ipMtu());
        each.ipv6().forEach(address -> lines.sub("ipv6 address " + Lines.address(address.address()) + "/" + address.length()));
    }

    private static void nhrp(final Lines lines, final NhrpConfig nhrp) {
        if (nhrp.authentication() != null) {
            lines.sub("ip nhrp authentication " + lines.show(nhrp.authentication()));
        }
        nhrp.maps().forEach(map -> lines.sub("ip nhrp map " + map.protocol() + " " + map.nbma()));
        lines.subIf(nhrp.networkId() > 0, "ip nhrp network-id " + nhrp.networkId());
        lines.subIf(nhrp.holdtime() != NhrpConfig.DEFAULT_HOLDTIME, "ip nhrp holdtime " + nhrp.holdtime());
        nhrp.servers().forEach(server -> lines.sub("ip nhrp nhs " + server.protocol()
            + (server.nbma() == null ? "" : " nbma " + server.nbma())));
        lines.subIf(nhrp.registrationTimeout() > 0, "ip nhrp registration timeout " + nhrp.registrationTimeout());
    }

    private static void tunnel(final Lines lines, final TunnelConfig tunnel) {
        if (tunnel.sourceAddress() != null) {
            lines.sub("tunnel source " + Lines.address(tunnel.sourceAddress()));
        }
        lines.subNamed("tunnel source", tunnel.sourceInterface());
        lines.subIf(tunnel.mode() != TunnelConfig.Mode.GRE_IP, "tunnel mode " + tunnel.mode().words());
        if (tunnel.destination() != null) {
            lines.sub("tunnel destination " + Lines.address(tunnel.destination()));
        }
        lines.subIf(tunnel.key() != null, "tunnel key " + tunnel.key());
        final TunnelConfig.Protection protection = tunnel.protection();
        if (protection != null) {
            lines.sub("tunnel protection ipsec profile " + protection.profile()
                + (protection.ikev2Profile() == null ? "" : " ikev2-profile " + protection.ikev2Profile()));
        }
    }
}
