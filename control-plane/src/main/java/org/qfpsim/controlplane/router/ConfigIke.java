package org.qfpsim.controlplane.router;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.IkeAddresses;
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
    private final IkeAddresses addresses;
    private final ConfigIkev2 ikev2;

    /**
     * For one router.
     *
     * @param config    asked anew each time.
     * @param addresses of EzVPN.
     */
    public ConfigIke(final Supplier<RouterConfig> config, final IkeAddresses addresses) {
        this.config = config;
        this.addresses = addresses;
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
        return identity == null || identity.type() != IkeIdentity.KEY_ID || !authorizes() ? Optional.empty() : isakmp().groups().stream()
            .filter(group -> group.name().equals(identity.text()) && group.key() != null).findFirst()
            .map(IsakmpConfig.Group::key).map(Secret::octets);
    }

    /** Whether groups are looked up: a crypto map or a profile names a list of {@code aaa authorization network}. */
    private boolean authorizes() {
        return Stream.concat(config.get().crypto().maps().stream().map(CryptoMap::authorizationList),
            isakmp().profiles().stream().map(IsakmpConfig.Profile::authorizationList))
            .anyMatch(list -> list != null && config.get().access().authorizationLists().contains(list));
    }

    private @Nullable EzvpnClient client(final IpAddress peer) {
        return config.get().crypto().ezvpn().stream().filter(each -> each.peers().contains(peer)).findFirst().orElse(null);
    }

    private IsakmpConfig.@Nullable Profile profile(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final IkeIdentity said = identity == null ? IkeIdentity.of(peer) : identity;
        final Optional<IsakmpConfig.Profile> named = NamedProfiles.isakmp(config.get(), peer).flatMap(isakmp()::profile);
        if (named.isPresent()) {
            return named.get();
        }
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
        final String group = identity == null || identity.type() != IkeIdentity.KEY_ID ? null : identity.text();
        return asks(peer, identity) && (group != null || !exempt(peer)) ? new Ezvpn(false, group == null ? "" : group, "", "") : null;
    }

    /** Whether a peer has to name a user: its crypto map or profile names a list of {@code aaa authentication login}. */
    private boolean asks(final IpAddress peer, final @Nullable IkeIdentity identity) {
        final IsakmpConfig.Profile profile = profile(peer, identity);
        return Stream.concat(config.get().crypto().maps().stream().map(CryptoMap::authenticationList),
            Stream.ofNullable(profile).map(IsakmpConfig.Profile::authenticationList))
            .anyMatch(list -> list != null && config.get().access().loginLists().contains(list));
    }

    /** {@code no-xauth} of the key that holds for a peer. */
    private boolean exempt(final IpAddress peer) {
        final IkeIdentity address = IkeIdentity.of(peer);
        return isakmp().keys().stream().filter(key -> key.peer().matches(address)).max(Comparator.comparingInt(key -> length(key.peer())))
            .map(IsakmpConfig.Key::noXauth).orElse(false);
    }

    @Override
    public boolean admits(final byte[] user, final byte[] password) {
        return config.get().access().user(new String(user, StandardCharsets.UTF_8))
            .map(known -> known.accepts(new String(password, StandardCharsets.UTF_8))).orElse(false);
    }

    @Override
    public IkeAddresses addresses() {
        return addresses;
    }

    @Override
    public boolean aggressiveModeOff() {
        return isakmp().aggressiveModeOff();
    }

    @Override
    public int maxSas() {
        return config.get().crypto().admission().ikeSas();
    }

    @Override
    public boolean aggressive(final IpAddress peer) {
        final IsakmpConfig.Profile profile = profile(peer, null);
        return client(peer) != null || profile != null && profile.aggressive();
    }

    @Override
    public int natKeepaliveSeconds(final int version) {
        return version == 1 ? isakmp().natKeepalive() : config.get().crypto().ikev2().natKeepalive();
    }

    @Override
    public int maxInNegotiation(final int version) {
        final int all = config.get().crypto().admission().inNegotiation();
        final int ofIkev2 = config.get().crypto().ikev2().maxInNegotiation();
        return version == 1 || ofIkev2 == 0 ? all : Math.min(all, ofIkev2);
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
