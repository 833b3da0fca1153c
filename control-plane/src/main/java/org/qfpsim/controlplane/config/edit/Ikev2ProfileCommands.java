package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code crypto ikev2 profile}. */
final class Ikev2ProfileCommands {
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<String> KEYRING = Argument.word();
    private static final Argument<String> KEY = Argument.word();
    private static final Argument<String> IDENTITY = Argument.word();
    private static final Argument<IpAddress> ADDRESS = Argument.ipv4();
    private static final Argument<IpAddress> ADDRESS6 = Argument.ipv6();
    private static final Argument<Long> LIFETIME = Argument.number(120, 86_400);

    private final Map<String, Draft> profiles = new TreeMap<>();
    private Draft current = new Draft();

    private static final class Draft {
        private final List<PeerMatch> remotes = new ArrayList<>();
        private LocalIdentity identity = LocalIdentity.ADDRESS;
        private boolean localPreShare;
        private boolean remotePreShare;
        private @Nullable Secret localKey;
        private @Nullable Secret remoteKey;
        private @Nullable String keyring;
        private @Nullable DpdConfig dpd;
        private int seconds = IsakmpConfig.DEFAULT_SECONDS;
    }

    Ikev2ProfileCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-ikev2-profile)", global);
        global.commands().on("crypto", "Encryption module").on("ikev2", "Configure IKEv2 Options")
            .on("profile", "Define IKEv2 Profiles").arg(NAME, "Name of IKEv2 profile").does(in -> {
                current = profiles.computeIfAbsent(in.get(NAME), name -> new Draft());
                stack.enter(mode);
            }).undo(in -> profiles.remove(in.get(NAME)));
        final Branch root = mode.commands();
        Ikev2KeyringCommands.identity(root.on("match", "Match values of peer").on("identity", "IKE identity")
            .on("remote", "Remote identity"), (branch, match) -> branch.does(in -> {
                final PeerMatch peer = match.read(in);
                current.remotes.remove(peer);
                current.remotes.add(peer);
            }).undo(in -> current.remotes.remove(match.read(in))), true);
        identity(root.on("identity", "Specify IKE identity to use").on("local", "Specify the local IKE identity to use"));
        authentication(root.on("authentication", "Set authentication method"));
        root.on("keyring", "Specify keyring to use").on("local", "Local keyring").undo(in -> current.keyring = null)
            .arg(KEYRING, "Name of the keyring").does(in -> current.keyring = in.get(KEYRING));
        Ikev2Commands.dpd(root.on("dpd", "Enable IKE liveness check for peers"), value -> current.dpd = value);
        root.on("lifetime", "Set lifetime for ISAKMP security association")
            .undo(in -> current.seconds = IsakmpConfig.DEFAULT_SECONDS)
            .arg(LIFETIME, "Lifetime in seconds").does(in -> current.seconds = Arguments.integer(in, LIFETIME));
    }

    private void identity(final Branch local) {
        local.undo(in -> current.identity = LocalIdentity.ADDRESS);
        final Branch address = local.on("address", "IP address");
        for (final Argument<IpAddress> argument : List.of(ADDRESS, ADDRESS6)) {
            address.arg(argument, "Address")
                .does(in -> current.identity = new LocalIdentity(LocalIdentity.Kind.ADDRESS, null, in.get(argument)));
        }
        named(local.on("fqdn", "Fully qualified domain name"), LocalIdentity.Kind.FQDN);
        named(local.on("email", "Mail address"), LocalIdentity.Kind.USER_FQDN);
        named(local.on("key-id", "Key-id opaque string"), LocalIdentity.Kind.KEY_ID);
    }

    private void named(final Branch at, final LocalIdentity.Kind kind) {
        at.arg(IDENTITY, "Name").does(in -> current.identity = new LocalIdentity(kind, in.get(IDENTITY), null));
    }

    private void authentication(final Branch authentication) {
        for (final String side : List.of("local", "remote")) {
            final Branch preShare = authentication.on(side, "Set " + side + " authentication method")
                .undo(in -> authentication(in, false, null))
                .on("pre-share", "Pre-Shared Key").does(in -> authentication(in, true, null));
            final Branch key = preShare.on("key", "The pre-shared key");
            final Branch value = key.arg(KEY, "The UNENCRYPTED (cleartext) user password")
                .does(in -> authentication(in, true, Arguments.secret(in, KEY)));
            key.on("0", "Specifies an UNENCRYPTED password will follow")
                .arg(KEY, "The UNENCRYPTED (cleartext) user password").as(value);
        }
    }

    private void authentication(final Input input, final boolean preShare, final @Nullable Secret key) {
        if (input.has("local")) {
            current.localPreShare = preShare;
            current.localKey = key;
        } else {
            current.remotePreShare = preShare;
            current.remoteKey = key;
        }
    }

    List<Ikev2Config.Profile> build() {
        return profiles.entrySet().stream().map(entry -> {
            final Draft each = entry.getValue();
            return new Ikev2Config.Profile(entry.getKey(), each.remotes, each.identity, each.localPreShare,
                each.remotePreShare, each.localKey, each.remoteKey, each.keyring, each.dpd, each.seconds);
        }).toList();
    }
}
