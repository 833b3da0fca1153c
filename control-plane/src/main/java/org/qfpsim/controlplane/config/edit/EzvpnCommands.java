package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code crypto ipsec client ezvpn}. */
final class EzvpnCommands {
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<String> GROUP = Argument.word();
    private static final Argument<String> KEY = Argument.word();
    private static final Argument<String> USER = Argument.word();
    private static final Argument<String> PASSWORD = Argument.word();
    private static final Argument<IpAddress> PEER = Argument.ipv4();

    private final Map<String, Draft> clients = new TreeMap<>();
    private Draft current = new Draft();

    private static final class Draft {
        private EzvpnClient.Connect connect = EzvpnClient.Connect.AUTO;
        private @Nullable String group;
        private @Nullable Secret groupKey;
        private EzvpnClient.@Nullable Mode mode;
        private final List<IpAddress> peers = new ArrayList<>();
        private @Nullable String user;
        private @Nullable Secret password;

        private void group(final @Nullable String name, final @Nullable Secret key) {
            group = name;
            groupKey = key;
        }

        private void user(final @Nullable String name, final @Nullable Secret secret) {
            user = name;
            password = secret;
        }
    }

    EzvpnCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-crypto-ezvpn)", global);
        global.commands().on("crypto", "Encryption module").on("ipsec", "Configure IPSEC policy")
            .on("client", "Configure a client").on("ezvpn", "Easy VPN client").arg(NAME, "Name of the client").does(in -> {
                current = clients.computeIfAbsent(in.get(NAME), name -> new Draft());
                stack.enter(mode);
            }).undo(in -> clients.remove(in.get(NAME)));
        final Branch root = mode.commands();
        final Branch connect = root.on("connect", "When the tunnel is connected").undo(in -> current.connect = EzvpnClient.Connect.AUTO);
        connect.on("auto", "At once").does(in -> current.connect = EzvpnClient.Connect.AUTO);
        connect.on("manual", "When it is asked for").does(in -> current.connect = EzvpnClient.Connect.MANUAL);
        root.on("group", "Group name and key").undo(in -> current.group(null, null)).arg(GROUP, "Name of the group")
            .on("key", "Key of the group").arg(KEY, "The UNENCRYPTED (cleartext) key")
            .does(in -> current.group(in.get(GROUP), Arguments.secret(in, KEY)));
        final Branch modes = root.on("mode", "How the networks behind this router are seen")
            .undo(in -> current.mode = null);
        for (final EzvpnClient.Mode each : EzvpnClient.Mode.values()) {
            modes.on(each.word(), "Mode " + each.word()).does(in -> current.mode = each);
        }
        root.on("peer", "Address of the server").arg(PEER, "IP address").does(in -> {
            current.peers.remove(in.get(PEER));
            current.peers.add(in.get(PEER));
        }).undo(in -> current.peers.remove(in.get(PEER)));
        final Branch password = root.on("username", "XAUTH user").undo(in -> current.user(null, null)).arg(USER, "Name")
            .on("password", "Password of the user");
        final Branch value = password.arg(PASSWORD, "The UNENCRYPTED (cleartext) password")
            .does(in -> current.user(in.get(USER), Arguments.secret(in, PASSWORD)));
        password.on("0", "Specifies an UNENCRYPTED password will follow")
            .arg(PASSWORD, "The UNENCRYPTED (cleartext) password").as(value);
    }

    List<EzvpnClient> build() {
        return clients.entrySet().stream().map(entry -> {
            final Draft each = entry.getValue();
            return new EzvpnClient(entry.getKey(), each.connect, each.group, each.groupKey, each.mode, each.peers, each.user,
                each.password);
        }).toList();
    }
}
