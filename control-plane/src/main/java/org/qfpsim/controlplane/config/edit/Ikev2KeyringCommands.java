package org.qfpsim.controlplane.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.IkeIdentity;

/** {@code crypto ikev2 keyring} and its peers. */
final class Ikev2KeyringCommands {
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<String> PEER = Argument.word();
    private static final Argument<String> KEY = Argument.word();
    private static final Argument<Secret> HEX = hexKey();

    private final Map<String, Map<String, Peer>> keyrings = new TreeMap<>();
    private Map<String, Peer> keyring = new LinkedHashMap<>();
    private Peer peer = new Peer();

    private static final class Peer {
        private PeerMatch.@Nullable Address address;
        private @Nullable PeerMatch identity;
        private @Nullable Secret local;
        private @Nullable Secret remote;
    }

    Ikev2KeyringCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-ikev2-keyring)", global);
        final Mode peerMode = Mode.of("(config-ikev2-keyring-peer)", mode);
        global.commands().on("crypto", "Encryption module").on("ikev2", "Configure IKEv2 Options")
            .on("keyring", "Define IKEv2 Keyring").arg(NAME, "Name of IKEv2 Keyring").does(in -> {
                keyring = keyrings.computeIfAbsent(in.get(NAME), name -> new LinkedHashMap<>());
                stack.enter(mode);
            }).undo(in -> keyrings.remove(in.get(NAME)));
        mode.commands().on("peer", "Configure a Peer and associated keys").arg(PEER, "Name of the peer block").does(in -> {
            peer = keyring.computeIfAbsent(in.get(PEER), name -> new Peer());
            stack.enter(peerMode);
        }).undo(in -> keyring.remove(in.get(PEER)));
        peer(peerMode.commands());
    }

    private void peer(final Branch root) {
        Peers.address(root.on("address", "Specify IPv4/IPv6 address of peer").undo(in -> peer.address = null),
            (branch, match) -> branch.does(in -> peer.address = (PeerMatch.Address) match.read(in)));
        final Branch identity = root.on("identity", "Specify IKE identity to use").undo(in -> peer.identity = null);
        identity(identity, (branch, match) -> branch.does(in -> peer.identity = match.read(in)), false);
        final Branch key = root.on("pre-shared-key", "specify the pre-shared key").undo(in -> setKeys(in, null));
        key(key);
        key(key.on("local", "specify signing key").undo(in -> setKeys(in, null)));
        key(key.on("remote", "specify verifying key").undo(in -> setKeys(in, null)));
    }

    /** An IKEv2 identity that is matched; with {@code any} and domains if there may be many. */
    static void identity(final Branch at, final Peers.End end, final boolean many) {
        Peers.address(at.on("address", "IP address"), end);
        final Branch fqdn = at.on("fqdn", "Fully qualified domain name");
        final Branch email = at.on("email", "Mail address");
        if (many) {
            Peers.domain(fqdn, IkeIdentity.FQDN, end);
            Peers.domain(email, IkeIdentity.USER_FQDN, end);
            end.accept(at.on("any", "Match any peer identity"), in -> new PeerMatch.Any());
        }
        Peers.name(fqdn, IkeIdentity.FQDN, end);
        Peers.name(email, IkeIdentity.USER_FQDN, end);
        Peers.keyId(at, end);
    }

    private void key(final Branch at) {
        final Branch value = at.arg(KEY, "The UNENCRYPTED (cleartext) user password")
            .does(in -> setKeys(in, Arguments.secret(in, KEY)));
        at.on("0", "Specifies an UNENCRYPTED password will follow").arg(KEY, "The UNENCRYPTED (cleartext) user password").as(value);
        at.on("hex", "Key entered in hex string").arg(HEX, "Key in hexadecimal digits").does(in -> setKeys(in, in.get(HEX)));
    }

    /** A key of an even number of hexadecimal digits. */
    static Argument<Secret> hexKey() {
        return Argument.of("Hex-data", Secret.class,
            text -> text.length() % 2 == 0 && text.matches("[0-9A-Fa-f]{2,200}") ? Secret.ofHex(text) : null);
    }

    private void setKeys(final Input input, final @Nullable Secret key) {
        if (!input.has("remote")) {
            peer.local = key;
        }
        if (!input.has("local")) {
            peer.remote = key;
        }
    }

    List<Ikev2Config.Keyring> build() {
        return keyrings.entrySet().stream().map(ring -> new Ikev2Config.Keyring(ring.getKey(), ring.getValue().entrySet().stream()
            .map(each -> new Ikev2Config.Peer(each.getKey(), each.getValue().address, each.getValue().identity, each.getValue().local,
                each.getValue().remote)).toList())).toList();
    }
}
