package org.qfpsim.controlplane.router;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * The profile that the configuration names for a peer whose address it knows: {@code set isakmp-profile} and {@code set ikev2-profile} of
 * the crypto map entry or the tunnel that leads to it. For other peers the profile is found by what they say they are.
 */
final class NamedProfiles {
    private NamedProfiles() {
    }

    static Optional<String> isakmp(final RouterConfig config, final IpAddress peer) {
        return settings(config, peer).flatMap(each -> Optional.ofNullable(each.isakmpProfile()).stream()).findFirst();
    }

    static Optional<String> ikev2(final RouterConfig config, final IpAddress peer) {
        return settings(config, peer).flatMap(each -> Optional.ofNullable(each.ikev2Profile()).stream()).findFirst();
    }

    private static Stream<SaSettings> settings(final RouterConfig config, final IpAddress peer) {
        return Stream.concat(config.crypto().maps().stream().flatMap(map -> map.entries().stream())
            .flatMap(entry -> entry instanceof final CryptoMap.Static fixed && fixed.peers().contains(peer) ? Stream.of(fixed.settings())
                : Stream.empty()),
            config.interfaces().stream().filter(each -> leadsTo(each, peer)).flatMap(each -> of(config, each.tunnel())));
    }

    private static boolean leadsTo(final InterfaceConfig each, final IpAddress peer) {
        final TunnelConfig tunnel = each.tunnel();
        return tunnel != null && (peer.equals(tunnel.destination()) || each.nhrp().maps().stream().anyMatch(map -> map.nbma().equals(peer))
            || each.nhrp().servers().stream().anyMatch(server -> peer.equals(server.nbma())));
    }

    /** What the profile of a tunnel's protection says; nothing if it is not protected. */
    static Stream<SaSettings> of(final RouterConfig config, final @Nullable TunnelConfig tunnel) {
        final TunnelConfig.Protection protection = tunnel == null ? null : tunnel.protection();
        return protection == null ? Stream.empty() : config.crypto().ipsec().profile(protection.profile()).stream()
            .map(IpsecConfig.Profile::settings)
            .map(found -> protection.ikev2Profile() == null ? found : withIkev2(found, protection.ikev2Profile()));
    }

    private static SaSettings withIkev2(final SaSettings settings, final String profile) {
        return new SaSettings(settings.transformSets(), settings.pfsGroup(), settings.seconds(), settings.kilobytes(),
            settings.replayWindow(), settings.isakmpProfile(), profile);
    }
}
