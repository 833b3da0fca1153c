package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code crypto isakmp client configuration group}: what an EzVPN server gives. */
final class IsakmpGroupCommands {
    private static final Argument<String> GROUP = Argument.word();
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<IpAddress> FIRST = Argument.ipv4();
    private static final Argument<IpAddress> SECOND = Argument.ipv4();
    private static final Argument<IpAddress> MASK = Argument.ipv4();
    private static final IpAddress ANY = IpAddress.v4(0);

    private final Map<String, Draft> groups = new TreeMap<>();
    private Draft current = new Draft();

    private static final class Draft {
        private @Nullable Secret key;
        private @Nullable String pool;
        private @Nullable String acl;
        private List<IpAddress> dns = List.of();
        private @Nullable String domain;
        private @Nullable Integer netmask;
        private boolean savePassword;
    }

    IsakmpGroupCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-isakmp-group)", global);
        global.commands().on("crypto", "Encryption module").on("isakmp", "Configure ISAKMP policy")
            .on("client", "Set client configuration policy").on("configuration", "Configure the client")
            .on("group", "Set group profile attributes for Easy VPN").arg(GROUP, "Name of the group")
            .does(in -> {
                current = groups.computeIfAbsent(in.get(GROUP), name -> new Draft());
                stack.enter(mode);
            }).undo(in -> groups.remove(in.get(GROUP)));
        final Branch root = mode.commands();
        final Branch key = root.on("key", "pre-shared key/IKE password for the Group").undo(in -> current.key = null);
        final Branch value = key.arg(NAME, "The UNENCRYPTED (cleartext) password").does(in -> current.key = Arguments.secret(in, NAME));
        key.on("0", "Specifies an UNENCRYPTED password will follow").arg(NAME, "The UNENCRYPTED (cleartext) password").as(value);
        root.on("pool", "Set name of address pool").undo(in -> current.pool = null)
            .arg(NAME, "Name of the pool").does(in -> current.pool = in.get(NAME));
        root.on("acl", "Specify split tunneling inclusion access-list number or name").undo(in -> current.acl = null)
            .arg(NAME, "Access-list number or name").does(in -> current.acl = in.get(NAME));
        root.on("domain", "Set default domain name to send to client").undo(in -> current.domain = null)
            .arg(NAME, "Domain name").does(in -> current.domain = in.get(NAME));
        root.on("dns", "Specify DNS Addresses").undo(in -> current.dns = List.of()).arg(FIRST, "Server address").does(this::dns)
            .arg(SECOND, "Server address").does(this::dns);
        root.on("netmask", "Netmask used by the client for local connectivity").undo(in -> current.netmask = null)
            .arg(MASK, "Subnet mask").does(in -> current.netmask = Arguments.maskLength(ANY, in.get(MASK)));
        root.on("save-password", "Allows remote client to save XAUTH password")
            .does(in -> current.savePassword = true).undo(in -> current.savePassword = false);
    }

    private void dns(final Input input) {
        current.dns = input.find(SECOND).map(second -> List.of(input.get(FIRST), second)).orElseGet(() -> List.of(input.get(FIRST)));
    }

    List<IsakmpConfig.Group> build() {
        return groups.entrySet().stream().map(entry -> {
            final Draft each = entry.getValue();
            return new IsakmpConfig.Group(entry.getKey(), each.key, each.pool, each.acl, each.dns, each.domain, each.netmask,
                each.savePassword);
        }).toList();
    }
}
