package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.ike.IkeIdentity;

/** {@code crypto keyring} and {@code crypto isakmp profile}. */
final class IsakmpProfileCommands {
    private static final Argument<String> KEYRING = Argument.word();
    private static final Argument<String> PROFILE = Argument.word();
    private static final Argument<String> KEY = Argument.word();
    private static final Argument<String> LIST = Argument.word();
    private static final Argument<String> GROUP = Argument.word();
    private static final Argument<String> SELF = Argument.word();

    private final Map<String, Keyring> keyrings = new TreeMap<>();
    private final Map<String, Profile> profiles = new TreeMap<>();
    private Keyring keyring = new Keyring();
    private Profile profile = new Profile();

    private static final class Keyring {
        private final List<IsakmpConfig.Key> keys = new ArrayList<>();
    }

    private static final class Profile {
        private @Nullable String keyring;
        private final List<PeerMatch> matches = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private @Nullable LocalIdentity self;
        private @Nullable DpdConfig keepalive;
        private boolean aggressive;
        private @Nullable String authentication;
        private @Nullable String authorization;
        private IsakmpConfig.ModeConfig modeConfig = IsakmpConfig.ModeConfig.OFF;
    }

    IsakmpProfileCommands(final Mode global, final Mode.Stack stack) {
        final Branch crypto = global.commands().on("crypto", "Encryption module");
        final Mode keyringMode = Mode.of("(conf-keyring)", global);
        crypto.on("keyring", "Key ring commands").arg(KEYRING, "Name of the keyring")
            .does(in -> {
                keyring = keyrings.computeIfAbsent(in.get(KEYRING), name -> new Keyring());
                stack.enter(keyringMode);
            }).undo(in -> keyrings.remove(in.get(KEYRING)));
        keyring(keyringMode.commands());
        final Mode profileMode = Mode.of("(conf-isa-prof)", global);
        crypto.on("isakmp", "Configure ISAKMP policy").on("profile", "Define ISAKMP Profiles").arg(PROFILE, "Name of the profile")
            .does(in -> {
                profile = profiles.computeIfAbsent(in.get(PROFILE), name -> new Profile());
                stack.enter(profileMode);
            }).undo(in -> profiles.remove(in.get(PROFILE)));
        profile(profileMode.commands());
        lists(profileMode.commands());
    }

    private void keyring(final Branch root) {
        final Branch key = root.on("pre-shared-key", "Pre-shared key");
        final Peers.End end = (branch, peer) -> {
            branch.undo(in -> {
                final PeerMatch match = peer.read(in);
                keyring.keys.removeIf(each -> each.peer().equals(match));
            });
            final Branch value = branch.on("key", "The key").arg(KEY, "The UNENCRYPTED (cleartext) key").does(in -> {
                final PeerMatch match = peer.read(in);
                keyring.keys.removeIf(each -> each.peer().equals(match));
                keyring.keys.add(new IsakmpConfig.Key(match, Arguments.secret(in, KEY), false));
            });
            branch.on("key", "The key").on("0", "Specifies an UNENCRYPTED key will follow")
                .arg(KEY, "The UNENCRYPTED (cleartext) key").as(value);
        };
        final Branch address = key.on("address", "Specify a key by address");
        Peers.address(address, end);
        Peers.address(address.on("ipv6", "Specify a key by IPv6 address"), end);
        Peers.name(key.on("hostname", "Specify a key by host name"), IkeIdentity.FQDN, end);
    }

    private void profile(final Branch root) {
        root.on("keyring", "Specify keyring to use").undo(in -> profile.keyring = null)
            .arg(KEYRING, "Name of the keyring").does(in -> profile.keyring = in.get(KEYRING));
        final Branch identity = root.on("match", "Match values of peer").on("identity", "Match a peer identity");
        final Peers.End end = (branch, peer) -> branch.does(in -> {
            final PeerMatch match = peer.read(in);
            profile.matches.remove(match);
            profile.matches.add(match);
        }).undo(in -> profile.matches.remove(peer.read(in)));
        final Branch address = identity.on("address", "IP Address(es)");
        Peers.address(address, end);
        Peers.address(address.on("ipv6", "IPv6 Address(es)"), end);
        Peers.nameOrDomain(identity.on("host", "Match a hostname/domain"), IkeIdentity.FQDN, end);
        Peers.nameOrDomain(identity.on("user", "Match a user name"), IkeIdentity.USER_FQDN, end);
        identity.on("group", "Match a peer group name").arg(GROUP, "Group name").does(in -> {
            profile.groups.remove(in.get(GROUP));
            profile.groups.add(in.get(GROUP));
        }).undo(in -> profile.groups.remove(in.get(GROUP)));
        final Branch self = root.on("self-identity", "Specify Identity to use").undo(in -> profile.self = null);
        self.on("address", "Use the IP address").does(in -> profile.self = LocalIdentity.ADDRESS);
        final Branch fqdn = self.on("fqdn", "Use the host name")
            .does(in -> profile.self = new LocalIdentity(LocalIdentity.Kind.FQDN, null, null));
        fqdn.arg(SELF, "Name").does(in -> profile.self = new LocalIdentity(LocalIdentity.Kind.FQDN, in.get(SELF), null));
        self.on("user-fqdn", "Use a user name").arg(SELF, "Name such as user@domain")
            .does(in -> profile.self = new LocalIdentity(LocalIdentity.Kind.USER_FQDN, in.get(SELF), null));
        keepalive(root);
        root.on("initiate", "Initiator property").on("mode", "Mode of the exchange").undo(in -> profile.aggressive = false)
            .on("aggressive", "Initiate aggressive mode").does(in -> profile.aggressive = true);
    }

    private void keepalive(final Branch root) {
        root.on("keepalive", "Set a keepalive interval for use with IOS peers").undo(in -> profile.keepalive = null)
            .arg(IsakmpCommands.KEEPALIVE, "Number of seconds between keep alives").on("retry", "Seconds between retries")
            .arg(IsakmpCommands.RETRY, "Number of seconds")
            .does(in -> profile.keepalive = new DpdConfig(Arguments.integer(in, IsakmpCommands.KEEPALIVE),
                Arguments.integer(in, IsakmpCommands.RETRY), false));
    }

    private void lists(final Branch root) {
        final Branch client = root.on("client", "Specify client configuration settings");
        client.on("authentication", "Use extended authentication").undo(in -> profile.authentication = null)
            .on("list", "Name of the authentication list").arg(LIST, "Name").does(in -> profile.authentication = in.get(LIST));
        final Branch address = client.on("configuration", "Client configuration").on("address", "Addresses for clients")
            .undo(in -> profile.modeConfig = IsakmpConfig.ModeConfig.OFF);
        address.on("respond", "Respond to requests").does(in -> profile.modeConfig = IsakmpConfig.ModeConfig.RESPOND);
        root.on("isakmp", "ISAKMP authorization").on("authorization", "Authorization").undo(in -> profile.authorization = null)
            .on("list", "Name of the authorization list").arg(LIST, "Name").does(in -> profile.authorization = in.get(LIST));
    }

    List<IsakmpConfig.Keyring> keyrings() {
        return keyrings.entrySet().stream()
            .map(each -> new IsakmpConfig.Keyring(each.getKey(), each.getValue().keys)).toList();
    }

    List<IsakmpConfig.Profile> profiles() {
        return profiles.entrySet().stream().map(entry -> {
            final Profile each = entry.getValue();
            return new IsakmpConfig.Profile(entry.getKey(), each.keyring, each.matches, each.groups, each.self, each.keepalive,
                each.aggressive, each.authentication, each.authorization, each.modeConfig);
        }).toList();
    }
}
