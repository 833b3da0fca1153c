package org.qfpsim.controlplane.supervisor;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code qfp-sim ...}: what goes wrong in a router, and what comes at a bad moment, on demand. No command of the platform does it. */
final class FaultCommands {
    private final ControlPlane plane;
    private final Argument<IpAddress> peer = Argument.ipv4();

    FaultCommands(final ControlPlane plane) {
        this.plane = plane;
    }

    CommandNode commands() {
        return CommandNode.group("qfp-sim", "Commands that no router has",
            CommandNode.group("lose", "Forget something without telling anybody",
                CommandNode.command("crypto-sa", "IPsec SAs", input -> ended(() -> plane.sas().lose(null, false)),
                    CommandNode.command("and-ike-sa", "IKE SAs as well", input -> ended(() -> plane.sas().lose(null, true))),
                    CommandNode.group("peer", "Of one peer",
                        CommandNode.argument(peer, "Its address", input -> ended(() -> plane.sas().lose(input.get(peer), false)),
                            CommandNode.command("and-ike-sa", "IKE SAs as well",
                                input -> ended(() -> plane.sas().lose(input.get(peer), true))))))),
            CommandNode.group("rekey", "Replace SAs now instead of at the end of their lifetime",
                rekey("crypto-sa", "IPsec SAs", plane.sas()::rekeyCryptoSa),
                rekey("ike-sa", "IKE SAs", plane.sas()::rekeyIkeSa)));
    }

    private CommandNode rekey(final String word, final String help, final Consumer<@Nullable IpAddress> action) {
        return CommandNode.command(word, help, () -> ended(() -> action.accept(null)),
            CommandNode.group("peer", "With one peer",
                CommandNode.argument(peer, "Its address", input -> ended(() -> action.accept(input.get(peer))))));
    }

    private static String ended(final Runnable action) {
        action.run();
        return "";
    }
}
