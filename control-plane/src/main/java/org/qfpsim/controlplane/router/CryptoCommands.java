package org.qfpsim.controlplane.router;

import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto ...} and {@code clear crypto ...} of one control plane, to be put under {@code show} and {@code clear}. */
public final class CryptoCommands {
    private final ControlPlane plane;
    private final Argument<IpAddress> v4 = Argument.ipv4();

    /**
     * The commands of one router.
     *
     * @param plane what they show and clear.
     */
    public CryptoCommands(final ControlPlane plane) {
        this.plane = plane;
    }

    /** What follows {@code show}. */
    public CommandNode show() {
        final CryptoShow show = plane.show();
        return CommandNode.group("crypto", "Encryption module",
            CommandNode.group("ikev2", "Shows ikev2 info",
                CommandNode.command("sa", "Shows ikev2 sas", () -> show.ikev2Sa(false),
                    CommandNode.command("detail", "Shows ikev2 sas in detail", () -> show.ikev2Sa(true)))),
            CommandNode.command("invalid-spi", "Packets with an unknown SPI and what was done (qfp-sim only)", plane::showInvalidSpi),
            CommandNode.group("ipsec", "Show IPSEC policy",
                CommandNode.command("sa", "IPSEC SA table", () -> show.ipsecSa(null),
                    CommandNode.command("count", "Show SA counts", show::ipsecSaCount),
                    CommandNode.group("peer", "Show all existing SAs with this peer",
                        CommandNode.argument(v4, "Peer's address", input -> show.ipsecSa(input.get(v4)))))),
            CommandNode.group("isakmp", "Show ISAKMP",
                CommandNode.command("sa", "Show ISAKMP Security Associations", show::isakmpSa)),
            CommandNode.command("session", "Show crypto sessions (tunnels)", show::session));
    }

    /** What follows {@code clear}. */
    public CommandNode clear() {
        return CommandNode.group("crypto", "Encryption subsystem",
            CommandNode.group("ikev2", "Clear IKEv2 entries",
                CommandNode.command("sa", "Clear IKEv2 SAs", () -> silent(() -> plane.clearIke(2, null)))),
            CommandNode.command("isakmp", "Flush the ISAKMP database", () -> silent(() -> plane.clearIke(1, null))),
            CommandNode.command("sa", "Clear all crypto SAs", () -> silent(() -> plane.clearCryptoSa(null)),
                CommandNode.group("peer", "Clear all SAs for a given crypto peer",
                    CommandNode.argument(v4, "Peer's address", input -> silent(() -> plane.clearCryptoSa(input.get(v4)))))),
            CommandNode.command("session", "Clear crypto sessions (tunnels)", () -> silent(() -> plane.clearSession(null)),
                CommandNode.group("remote", "Clear crypto sessions for a remote IKE peer",
                    CommandNode.argument(v4, "Peer's address", input -> silent(() -> plane.clearSession(input.get(v4)))))));
    }

    /** Commands that clear print nothing. */
    private static String silent(final Runnable action) {
        action.run();
        return "";
    }
}
