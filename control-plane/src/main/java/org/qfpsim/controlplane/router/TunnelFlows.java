package org.qfpsim.controlplane.router;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The flows of a tunnel interface with {@code tunnel protection ipsec profile}. */
final class TunnelFlows {
    private static final int GRE = 47;
    private static final int LAST_PORT = 65535;

    private final ConfigFlows all;
    private final RouterConfig config;
    private final InterfaceConfig on;

    TunnelFlows(final ConfigFlows all, final RouterConfig config, final InterfaceConfig on) {
        this.all = all;
        this.config = config;
        this.on = on;
    }

    void addTo(final List<FlowSpec> flows) {
        final TunnelConfig tunnel = on.tunnel();
        final TunnelConfig.Protection protection = tunnel == null ? null : tunnel.protection();
        final IpAddress local = tunnel == null ? null : source(tunnel);
        if (tunnel == null || protection == null || local == null) {
            return;
        }
        final SaSettings settings = NamedProfiles.of(config, tunnel).findFirst().orElse(SaSettings.EMPTY);
        switch (tunnel.mode()) {
            case GRE_IP -> {
                if (tunnel.destination() != null) {
                    add(flows, settings, Attachment.GRE, local, tunnel.destination());
                }
            }
            case GRE_MULTIPOINT -> {
                staticPeers().forEach(peer -> add(flows, settings, Attachment.MGRE_STATIC, local, peer));
                add(flows, settings, Attachment.MGRE_DYNAMIC, local, null);
            }
            case IPSEC_IPV4, IPSEC_IPV6 -> add(flows, settings, Attachment.VTI, local, tunnel.destination());
        }
    }

    private void add(final List<FlowSpec> flows, final SaSettings settings, final Attachment attachment, final IpAddress local,
                     final @Nullable IpAddress peer) {
        final ConfigFlows.Place place = new ConfigFlows.Place(on.name() + "-head-0", attachment, on.name(), local, peer);
        final TrafficSelector selector = attachment == Attachment.VTI
            ? ConfigFlows.any(local.v6())
            : new TrafficSelector(new IpPrefix(local, local.bits()), peer == null ? IpPrefix.any(local.v6()) : new IpPrefix(peer,
                peer.bits()), GRE, 0, LAST_PORT, 0, LAST_PORT);
        all.policy(config, place, selector, settings).map(policy -> ConfigFlows.flow(place, policy, null)).ifPresent(flows::add);
    }

    /** Peers whose outer address the configuration says: {@code ip nhrp map}, and {@code ip nhrp nhs ... nbma ...}. */
    private Set<IpAddress> staticPeers() {
        final Set<IpAddress> peers = new LinkedHashSet<>();
        for (final NhrpConfig.Mapping mapping : on.nhrp().maps()) {
            peers.add(mapping.nbma());
        }
        for (final NhrpConfig.Server server : on.nhrp().servers()) {
            if (server.nbma() != null) {
                peers.add(server.nbma());
            }
        }
        return peers;
    }

    private @Nullable IpAddress source(final TunnelConfig tunnel) {
        if (tunnel.sourceAddress() != null) {
            return tunnel.sourceAddress();
        }
        return tunnel.sourceInterface() == null ? null : ConfigFlows.address(config, tunnel.sourceInterface());
    }
}
