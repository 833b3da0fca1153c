package org.qfpsim.controlplane.router;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.datapath.packet.IpAddress;

/** What IKEv2 asks, answered from {@code crypto ikev2}. */
final class ConfigIkev2 {
    private final Supplier<RouterConfig> config;

    ConfigIkev2(final Supplier<RouterConfig> config) {
        this.config = config;
    }

    private Ikev2Config ikev2() {
        return config.get().crypto().ikev2();
    }

    /** Proposals of the policies for an address of ours; without a profile IKEv2 is not configured. */
    List<IkeProposal> proposals(final IpAddress local, final IpAddress peer) {
        if (ikev2().profiles().stream().noneMatch(Ikev2Config.Profile::complete)) {
            return List.of();
        }
        final Ikev2Config.Profile profile = profile(peer, null);
        final long seconds = profile == null ? IsakmpConfig.DEFAULT_SECONDS : profile.seconds();
        final List<IkeProposal> found = ikev2().policies().stream()
            .filter(policy -> policy.locals().isEmpty() || policy.locals().contains(local))
            .flatMap(policy -> policy.proposals().stream()).flatMap(name -> ikev2().proposal(name).stream())
            .filter(Ikev2Config.Proposal::complete)
            .map(each -> new IkeProposal(0, each.ciphers(), each.hashes(), each.prfs(), each.groups(), seconds)).toList();
        return found.isEmpty() ? List.of(smartDefault(seconds)) : found;
    }

    /** The platform's default proposal, from memory. */
    private static IkeProposal smartDefault(final long seconds) {
        return new IkeProposal(0, List.of("aes-cbc-256", "aes-cbc-192", "aes-cbc-128"), List.of("sha512", "sha384", "sha256", "sha1"),
            List.of(), List.of(5, 2), seconds);
    }

    /** The key that both ends use; while the peer's identity is not known, the one for its address. */
    Optional<byte[]> presharedKey(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final Ikev2Config.Profile profile = profile(peer, identity);
        if (profile == null) {
            return Optional.empty();
        }
        final Secret own = identity == null ? profile.localKey() : profile.remoteKey();
        if (own != null) {
            return Optional.of(own.octets());
        }
        return profile.keyring() == null ? Optional.empty() : ikev2().keyring(profile.keyring())
            .flatMap(ring -> ring.peers().stream().filter(each -> matches(each, peer, identity)).findFirst())
            .map(each -> identity == null ? each.local() : each.remote()).map(Secret::octets);
    }

    private static boolean matches(final Ikev2Config.Peer entry, final IpAddress peer, final @Nullable IkeIdentity identity) {
        return entry.address() != null && ConfigIke.within(peer, entry.address().prefix())
            || identity != null && entry.identity() != null && entry.identity().matches(identity);
    }

    private Ikev2Config.@Nullable Profile profile(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final IkeIdentity said = identity == null ? IkeIdentity.of(peer) : identity;
        final Optional<Ikev2Config.Profile> named = identity != null ? Optional.empty()
            : NamedProfiles.ikev2(config.get(), peer).flatMap(ikev2()::profile).filter(Ikev2Config.Profile::complete);
        if (named.isPresent()) {
            return named.get();
        }
        final List<Ikev2Config.Profile> usable = ikev2().profiles().stream().filter(Ikev2Config.Profile::complete).toList();
        final Optional<Ikev2Config.Profile> exact = usable.stream()
            .filter(each -> each.remotes().stream().anyMatch(match -> match.matches(said))).findFirst();
        // Who begins does not know the peer's name yet: with one profile there is no choice.
        return exact.orElse(identity == null && usable.size() == 1 ? usable.getFirst() : null);
    }

    IkeIdentity identity(final IpAddress local, final IpAddress peer) {
        final Ikev2Config.Profile profile = profile(peer, null);
        return profile == null ? IkeIdentity.of(local) : ConfigIke.identity(config.get(), profile.identity(), local);
    }

    IkeConfig.Dpd dpd(final IpAddress peer) {
        final Ikev2Config.Profile profile = profile(peer, null);
        return ConfigIke.dpd(profile == null || profile.dpd() == null ? ikev2().dpd() : profile.dpd());
    }
}
