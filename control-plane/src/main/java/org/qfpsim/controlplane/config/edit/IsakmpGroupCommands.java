package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.Secret;

/** {@code crypto isakmp client configuration group}: what an EzVPN server gives. */
final class IsakmpGroupCommands {
    private static final Argument<String> GROUP = Argument.word();
    private static final Argument<String> NAME = Argument.word();

    private final Map<String, Draft> groups = new TreeMap<>();
    private Draft current = new Draft();

    private static final class Draft {
        private @Nullable Secret key;
        private @Nullable String pool;
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
    }

    List<IsakmpConfig.Group> build() {
        return groups.entrySet().stream().map(entry -> {
            final Draft each = entry.getValue();
            return new IsakmpConfig.Group(entry.getKey(), each.key, each.pool);
        }).toList();
    }
}
