package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code username}, and {@code aaa} and {@code ip local pool}, which EzVPN asks. */
final class AccessCommands {
    private static final Argument<String> LIST = Argument.word();
    private static final Argument<String> USER = Argument.word();
    private static final Argument<Long> PRIVILEGE = Argument.number(0, 15);
    private static final Argument<String> PASSWORD = Argument.word();
    private static final Argument<String> POOL = Argument.word();
    private static final Argument<IpAddress> FIRST = Argument.ipv4();
    private static final Argument<IpAddress> LAST = Argument.ipv4();

    private boolean newModel;
    private final Set<String> loginLists = new TreeSet<>();
    private final Set<String> authorizationLists = new TreeSet<>();
    private final Map<String, AccessConfig.User> users = new TreeMap<>();
    private final Map<String, AccessConfig.Pool> pools = new TreeMap<>();

    AccessCommands(final Mode global) {
        final Branch root = global.commands();
        final Branch aaa = root.on("aaa", "Authentication, Authorization and Accounting.");
        aaa.on("new-model", "Enable NEW access control commands and functions.(Disables OLD commands.)")
            .does(in -> newModel = true).undo(in -> {
                newModel = false;
                loginLists.clear();
                authorizationLists.clear();
            });
        list(aaa.on("authentication", "Authentication configurations parameters.")
            .on("login", "Set authentication lists for logins."), loginLists);
        list(aaa.on("authorization", "Authorization configurations parameters.")
            .on("network", "For network services."), authorizationLists);
        final Branch user = root.on("username", "Establish User Name Authentication").arg(USER, "User name")
            .undo(in -> users.remove(in.get(USER)));
        credentials(user);
        credentials(user.on("privilege", "Set user privilege level").arg(PRIVILEGE, "User privilege level"));
        root.on("ip", "Global IP configuration subcommands").on("local", "Specify local options")
            .on("pool", "IP Local address pool lists").arg(POOL, "Name of the pool").undo(in -> pools.remove(in.get(POOL)))
            .arg(FIRST, "First IP address of range").does(this::pool).arg(LAST, "Last IP address of range").does(this::pool);
    }

    private void credentials(final Branch at) {
        final Branch password = at.on("password", "Specify the password for the user");
        final Branch value = password.arg(PASSWORD, "The UNENCRYPTED (cleartext) user password")
            .does(in -> user(in, Arguments.secret(in, PASSWORD), null));
        password.on("0", "Specifies an UNENCRYPTED password will follow")
            .arg(PASSWORD, "The UNENCRYPTED (cleartext) user password").as(value);
        Secrets.read(at.on("secret", "Specify the secret for the user"), "user secret", (in, secret) -> user(in, null, secret));
    }

    private void user(final Input input, final @Nullable Secret password, final @Nullable HashedSecret secret) throws CommandRefusal {
        final String name = input.get(USER);
        final AccessConfig.User old = users.get(name);
        if (old != null && (password != null && old.hash() != null || secret != null && old.password() != null)) {
            throw CommandRefusal.because("Can not have both a user password and a user secret: remove the user first");
        }
        users.put(name, new AccessConfig.User(name,
            Arguments.integer(input, PRIVILEGE, old == null ? AccessConfig.User.DEFAULT_PRIVILEGE : old.privilege()), password, secret));
    }

    private void list(final Branch at, final Set<String> lists) {
        at.arg(LIST, "Named list").undo(in -> lists.remove(in.get(LIST))).on("local", "Use the local user database").does(in -> {
            if (!newModel) {
                // The platform does not know the command before that.
                throw in.invalid(LIST);
            }
            lists.add(in.get(LIST));
        });
    }

    private void pool(final Input input) throws CommandRefusal {
        final IpAddress first = input.get(FIRST);
        final IpAddress last = input.find(LAST).orElse(first);
        if (last.compareTo(first) < 0) {
            throw CommandRefusal.because("Bad IP range, " + first + "-" + last);
        }
        pools.put(input.get(POOL), new AccessConfig.Pool(input.get(POOL), first, last));
    }

    AccessConfig build() {
        return new AccessConfig(newModel, List.copyOf(loginLists), List.copyOf(authorizationLists),
            List.copyOf(users.values()), List.copyOf(pools.values()));
    }
}
