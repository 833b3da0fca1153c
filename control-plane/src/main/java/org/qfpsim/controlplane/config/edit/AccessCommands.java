package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code aaa}, {@code username} and {@code ip local pool}: what EzVPN asks. */
final class AccessCommands {
    private static final Argument<String> LIST = Argument.word();
    private static final Argument<String> USER = Argument.word();
    private static final Argument<String> PASSWORD = Argument.word();
    private static final Argument<String> POOL = Argument.word();
    private static final Argument<IpAddress> FIRST = Argument.ipv4();
    private static final Argument<IpAddress> LAST = Argument.ipv4();

    private boolean newModel;
    private final Set<String> loginLists = new TreeSet<>();
    private final Set<String> authorizationLists = new TreeSet<>();
    private final Map<String, Secret> users = new TreeMap<>();
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
        final Branch password = root.on("username", "Establish User Name Authentication").arg(USER, "User name")
            .undo(in -> users.remove(in.get(USER))).on("password", "Specify the password for the user");
        final Branch value = password.arg(PASSWORD, "The UNENCRYPTED (cleartext) user password")
            .does(in -> users.put(in.get(USER), Arguments.secret(in, PASSWORD)));
        password.on("0", "Specifies an UNENCRYPTED password will follow")
            .arg(PASSWORD, "The UNENCRYPTED (cleartext) user password").as(value);
        root.on("ip", "Global IP configuration subcommands").on("local", "Specify local options")
            .on("pool", "IP Local address pool lists").arg(POOL, "Name of the pool").undo(in -> pools.remove(in.get(POOL)))
            .arg(FIRST, "First IP address of range").does(this::pool).arg(LAST, "Last IP address of range").does(this::pool);
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
            users.entrySet().stream().map(each -> new AccessConfig.User(each.getKey(), each.getValue())).toList(),
            List.copyOf(pools.values()));
    }
}
