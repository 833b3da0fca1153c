package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** What IKE asks, answered from the configuration as it is at that moment. IKEv2's part is {@link ConfigIkev2}. */
public final class ConfigIke implements IkeConfig {
    /** The platform's default policy with pre-shared keys: AES-128, SHA, group 5. */
    static final IkeProposal DEFAULT = new IkeProposal(65508, List.of("aes-cbc-128"), List.of("sha1"), List.of(), List.of(5),
        IsakmpConfig.DEFAULT_SECONDS);

    private final Supplier<RouterConfig> config;
    private final ConfigIkev2 ikev2;

    /**
     * For one router.
     *
     * @param config asked anew each time.
     */
    public ConfigIke(final Supplier<RouterConfig> config) {
        this.config = config;
        ikev2 = new ConfigIkev2(config);
    }

    private IsakmpConfig isakmp() {
        return config.get().crypto().isakmp();
    }

    @Override
    public List<IkeProposal> proposals(final int version, final IpAddress local, final IpAddress peer) {
        if (version == 2) {
            return ikev2.proposals(local, peer);
        }
        final List<IkeProposal> proposals = new ArrayList<>();
        for (final IsakmpConfig.Policy policy : isakmp().policies()) {
            if (policy.complete() && policy.cipher() != null && policy.group() != null) {
                proposals.add(new IkeProposal(policy.priority(), List.of(policy.cipher()), List.of(policy.hash()), List.of(),
                    List.of(policy.group()), policy.seconds()));
            }
        }
        // The default policies are gone as soon as one is configured.
        return isakmp().policies().isEmpty() ? List.of(DEFAULT) : proposals;
    }

    @Override
    public Optional<byte[]> presharedKey(final int version, final IpAddress peer, final @Nullable IkeIdentity identity) {
        if (version == 2) {
            return ikev2.presharedKey(peer, identity);
        }
        final Optional<byte[]> group = groupKey(peer, identity);
        if (group.isPresent()) {
            return group;
        }
        final IsakmpConfig.Profile profile = profile(peer, identity);
        final List<IsakmpConfig.Key> keys = new ArrayList<>();
        if (profile != null && profile.keyring() != null) {
            isakmp().keyring(profile.keyring()).ifPresent(ring -> keys.addAll(ring.keys()));
        }
        keys.addAll(isakmp().keys());
        if (profile == null) {
            // Before the identity is known a responder takes the key from any keyring.
            isakmp().keyrings().forEach(ring -> keys.addAll(ring.keys()));
        }
        final IkeIdentity address = IkeIdentity.of(peer);
        return keys.stream()
            .filter(key -> key.peer().matches(address) || identity != null && key.peer().matches(identity))
            .max(Comparator.comparingInt(key -> length(key.peer()))).map(IsakmpConfig.Key::key).map(Secret::octets);
    }

    /** The longest prefix wins; a name is longer than any. */
    private static int length(final PeerMatch match) {
        return match instanceof PeerMatch.Address address ? address.prefix().length() : Integer.MAX_VALUE;
    }

    private Optional<byte[]> groupKey(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final EzvpnClient client = client(peer);
        if (client != null && client.groupKey() != null) {
            return Optional.of(client.groupKey().octets());
        }
        return identity == null || identity.type() != IkeIdentity.KEY_ID ? Optional.empty() : isakmp().groups().stream()
            .filter(group -> group.name().equals(identity.text()) && group.key() != null).findFirst()
            .map(IsakmpConfig.Group::key).map(Secret::octets);
    }

    private @Nullable EzvpnClient client(final IpAddress peer) {
        return config.get().crypto().ezvpn().stream().filter(each -> each.peers().contains(peer)).findFirst().orElse(null);
    }

    private IsakmpConfig.@Nullable Profile profile(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final IkeIdentity said = identity == null ? IkeIdentity.of(peer) : identity;
        return isakmp().profiles().stream().filter(each -> each.matches().stream().anyMatch(match -> match.matches(said))
            || said.type() == IkeIdentity.KEY_ID && each.groups().contains(said.text())).findFirst().orElse(null);
    }

    @Override
    public IkeIdentity identity(final int version, final IpAddress local, final IpAddress peer) {
        if (version == 2) {
            return ikev2.identity(local, peer);
        }
        final EzvpnClient client = client(peer);
        if (client != null && client.group() != null) {
            return IkeIdentity.of(IkeIdentity.KEY_ID, client.group());
        }
        final IsakmpConfig.Profile profile = profile(peer, null);
        return identity(config.get(), profile == null || profile.self() == null ? isakmp().identity() : profile.self(), local);
    }

    static IkeIdentity identity(final RouterConfig config, final LocalIdentity self, final IpAddress local) {
        final String host = config.domainName() == null ? config.hostname() : config.hostname() + "." + config.domainName();
        final String name = self.name() == null ? host : self.name();
        return switch (self.kind()) {
            case ADDRESS -> IkeIdentity.of(self.address() == null ? local : self.address());
            case FQDN -> IkeIdentity.of(IkeIdentity.FQDN, name);
            case USER_FQDN -> IkeIdentity.of(IkeIdentity.USER_FQDN, name);
            case KEY_ID -> IkeIdentity.of(IkeIdentity.KEY_ID, name);
        };
    }

    @Override
    public Dpd dpd(final int version, final IpAddress peer) {
        if (version == 2) {
            return ikev2.dpd(peer);
        }
        final IsakmpConfig.Profile profile = profile(peer, null);
        return dpd(profile == null || profile.keepalive() == null ? isakmp().keepalive() : profile.keepalive());
    }

    static Dpd dpd(final @Nullable DpdConfig dpd) {
        return dpd == null ? Dpd.OFF : new Dpd(dpd.seconds(), dpd.retry(), dpd.periodic());
    }

    @Override
    public @Nullable Ezvpn ezvpn(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final EzvpnClient client = client(peer);
        if (client != null) {
            return new Ezvpn(true, client.group() == null ? "" : client.group(), client.user() == null ? "" : client.user(),
                client.password() == null ? "" : client.password().reveal());
        }
        if (identity == null || identity.type() != IkeIdentity.KEY_ID || config.get().crypto().maps().stream().noneMatch(this::serves)) {
            return null;
        }
        return isakmp().groups().stream().filter(group -> group.name().equals(identity.text())).findFirst()
            .map(group -> server(group.name())).orElse(null);
    }

    private boolean serves(final CryptoMap map) {
        return map.authenticationList() != null || map.modeConfig() != IsakmpConfig.ModeConfig.OFF
            || isakmp().profiles().stream().anyMatch(profile -> profile.authenticationList() != null);
    }

    /** A server asks for the only local user; the contract has room for one. */
    private Ezvpn server(final String group) {
        final AccessConfig.User user = config.get().access().users().stream().findFirst().orElse(null);
        return new Ezvpn(false, group, user == null ? "" : user.name(), user == null ? "" : user.password().reveal());
    }

    @Override
    public boolean aggressive(final IpAddress peer) {
        final IsakmpConfig.Profile profile = profile(peer, null);
        return client(peer) != null || profile != null && profile.aggressive();
    }

    @Override
    public int natKeepaliveSeconds() {
        return Math.max(isakmp().natKeepalive(), config.get().crypto().ikev2().natKeepalive());
    }

    @Override
    public int maxInNegotiation() {
        return config.get().crypto().admission().inNegotiation();
    }

    @Override
    public int cookieChallenge() {
        final int asked = config.get().crypto().ikev2().cookieChallenge();
        // 0 is "never" in the configuration and "always" in the contract.
        return asked == 0 ? Integer.MAX_VALUE : asked;
    }

    @Override
    public int fragmentationMtu() {
        return config.get().crypto().ikev2().fragmentationMtu();
    }

    /** Whether an address is within a prefix. */
    static boolean within(final IpAddress address, final IpPrefix prefix) {
        return address.v6() == prefix.address().v6() && new IpPrefix(address, prefix.length()).equals(prefix);
    }
}
