package org.qfpsim.controlplane.cryptoshow;

import java.util.List;
import java.util.function.Predicate;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto isakmp ...} and {@code show crypto ikev2 ...}. */
final class ShowIkeCommands {
    private final IsakmpSaTable isakmpSas;
    private final IsakmpTables isakmp;
    private final Ikev2SaTable ikev2Sas;
    private final Ikev2Tables ikev2;
    private final AdmissionTable admission;
    private final Argument<IpAddress> v4 = Argument.ipv4();
    private final Argument<IpAddress> v6 = Argument.ipv6();
    private final Argument<String> name = Argument.word();

    ShowIkeCommands(final ControlPlane plane, final AdmissionTable admission) {
        isakmpSas = new IsakmpSaTable(plane);
        isakmp = new IsakmpTables(plane);
        ikev2Sas = new Ikev2SaTable(plane);
        ikev2 = new Ikev2Tables(plane);
        this.admission = admission;
    }

    List<CommandNode> commands() {
        return List.of(
            CommandNode.group("isakmp", "Show ISAKMP",
                CommandNode.command("key", "Show ISAKMP preshared keys", isakmp::keys),
                CommandNode.printing("peers", "Show ISAKMP peer structures", (input, out) -> isakmpSas.peers(out)),
                CommandNode.command("policy", "Show ISAKMP protection suite policy", isakmp::policies),
                CommandNode.command("profile", "Show ISAKMP profiles", () -> isakmp.profiles(null),
                    CommandNode.argument(name, "Profile name", input -> isakmp.profiles(input.get(name)))),
                CommandNode.printing("sa", "Show ISAKMP Security Associations", (input, out) -> isakmpSas.print(out, false),
                    CommandNode.printing("active", "Show only active ISAKMP SAs", (input, out) -> isakmpSas.print(out, true)),
                    CommandNode.command("count", "Show ISAKMP SA count", isakmpSas::count),
                    CommandNode.printing("detail", "Show ISAKMP SA detail", (input, out) -> isakmpSas.detail(out)))),
            ikev2());
    }

    private CommandNode ikev2() {
        return CommandNode.group("ikev2", "Shows ikev2 info",
            CommandNode.command("policy", "Show policies", () -> ikev2.policies(null),
                CommandNode.argument(name, "Policy name", input -> ikev2.policies(input.get(name)))),
            CommandNode.command("profile", "Shows ikev2 profiles", () -> ikev2.profiles(null),
                CommandNode.argument(name, "Profile name", input -> ikev2.profiles(input.get(name)))),
            CommandNode.command("proposal", "Show proposals", () -> ikev2.proposals(null),
                CommandNode.argument(name, "Proposal name", input -> ikev2.proposals(input.get(name)))),
            CommandNode.printing("sa", "Shows ikev2 sas", (input, out) -> ikev2Sas.sas(out, path -> true, false),
                CommandNode.printing("detailed", "Shows ikev2 sas in detail", (input, out) -> ikev2Sas.sas(out, path -> true, true)),
                CommandNode.group("local", "Show all ikev2 sas with a local address",
                    filtered(v4, value -> path -> path.local().equals(value)), filtered(v6, value -> path -> path.local().equals(value))),
                CommandNode.group("remote", "Show all ikev2 sas with a remote address",
                    filtered(v4, value -> path -> path.remote().equals(value)),
                    filtered(v6, value -> path -> path.remote().equals(value)))),
            CommandNode.printing("session", "Shows ikev2 active session", (input, out) -> ikev2Sas.sessions(out, false),
                CommandNode.printing("detailed", "Shows ikev2 active session in detail", (input, out) -> ikev2Sas.sessions(out, true))),
            CommandNode.command("stats", "Shows ikev2 sa stats", admission::ikev2));
    }

    /** Which IKE SAs an address means. */
    @FunctionalInterface
    private interface Chosen {
        Predicate<IkePath> by(IpAddress address);
    }

    private CommandNode filtered(final Argument<IpAddress> argument, final Chosen chosen) {
        return CommandNode.printingArgument(argument, "Address",
            (input, out) -> ikev2Sas.sas(out, chosen.by(input.get(argument)), false),
            CommandNode.printing("detailed", "In detail", (input, out) -> ikev2Sas.sas(out, chosen.by(input.get(argument)), true)));
    }
}
