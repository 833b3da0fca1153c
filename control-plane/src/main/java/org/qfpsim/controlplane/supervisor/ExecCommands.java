package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.datapath.packet.IpAddress;

/** Commands of exec mode that need a control plane. */
final class ExecCommands {
    private final Supervisor supervisor;

    ExecCommands(final Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    /** All of them, each from its first word on. */
    List<CommandNode> commands() {
        final List<CommandNode> all = new ArrayList<>(others());
        all.add(CommandNode.group("show", "Show running system information",
            CommandNode.command("debugging", "State of each debugging option", () -> supervisor.log().debugs().show()),
            CommandNode.group("ip", "IP information",
                CommandNode.command("nhrp", "NHRP information", () -> supervisor.nhrp().show(false),
                    CommandNode.command("brief", "Short form", () -> supervisor.nhrp().show(true)))),
            CommandNode.group("qfp", "QFP information",
                CommandNode.group("drops", "Drop information",
                    CommandNode.command("thresholds", "Configured thresholds of drops",
                        () -> supervisor.instruments().dropThresholds())))));
        return all;
    }

    private List<CommandNode> others() {
        final Argument<String> applet = Argument.word();
        final List<CommandNode> all = new ArrayList<>(new FileCommands(supervisor.parts().flash()).commands());
        all.addAll(List.of(
            CommandNode.group("debug", "Debugging functions", debug(true)),
            CommandNode.group("event", "Event related commands",
                CommandNode.group("manager", "Event manager",
                    CommandNode.group("run", "Run a registered event manager policy",
                        CommandNode.argument(applet, "Policy name", input -> supervisor.applets().run(input.get(applet)))))),
            CommandNode.group("no", "Disable debugging functions", CommandNode.group("debug", "Debugging functions", debug(false))),
            new FaultCommands(supervisor.controlPlane()).commands(),
            CommandNode.group("undebug", "Disable debugging functions", undebug())));
        return all;
    }

    private static String ended(final Runnable action) {
        action.run();
        return "";
    }

    private CommandNode[] debug(final boolean on) {
        final Argument<IpAddress> peer = Argument.ipv4();
        final List<CommandNode> switches = new ArrayList<>();
        for (final Debug each : List.of(Debug.CRYPTO_IKEV2, Debug.CRYPTO_IPSEC, Debug.CRYPTO_ISAKMP)) {
            switches.add(CommandNode.command(each.command().substring("crypto ".length()), each.title(), () -> switched(each, on)));
        }
        switches.add(CommandNode.group("condition", "Define debug condition filters",
            CommandNode.group("peer", "IKE peer IP address",
                CommandNode.group("ipv4", "IPv4 peer",
                    CommandNode.argument(peer, "Its address",
                        input -> ended(() -> supervisor.log().debugs().condition(input.get(peer), on)))))));
        final List<CommandNode> all = new ArrayList<>(List.of(
            CommandNode.group("crypto", "Cryptographic subsystem", switches.toArray(CommandNode[]::new)),
            CommandNode.command("nhrp", Debug.NHRP.title(), () -> switched(Debug.NHRP, on))));
        if (!on) {
            all.add(CommandNode.command("all", "Disable all debugging", this::allOff));
        }
        return all.toArray(CommandNode[]::new);
    }

    private String allOff() {
        supervisor.watch().off();
        return supervisor.log().debugs().allOff();
    }

    private CommandNode[] undebug() {
        return Arrays.stream(debug(false)).toArray(CommandNode[]::new);
    }

    private String switched(final Debug category, final boolean on) {
        return supervisor.log().debugs().set(category, on);
    }
}
