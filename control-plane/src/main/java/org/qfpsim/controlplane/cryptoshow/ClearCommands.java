package org.qfpsim.controlplane.cryptoshow;

import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code clear crypto ...}. What is deleted is deleted at the peer, too, unless {@code fast} says otherwise. Nothing is printed. */
final class ClearCommands {
    private final ControlPlane plane;
    private final Baselines baselines;
    private final AdmissionTable admission;
    private final Argument<IpAddress> v4 = Argument.ipv4();
    private final Argument<IpAddress> v6 = Argument.ipv6();
    private final Argument<String> map = Argument.word();
    private final Argument<Long> connection = Argument.number(1, 65_535);
    private final Argument<Integer> spi = Argument.of("<256-4294967295>", Integer.class, ClearCommands::spi);

    ClearCommands(final ControlPlane plane, final Baselines baselines, final AdmissionTable admission) {
        this.plane = plane;
        this.baselines = baselines;
        this.admission = admission;
    }

    private static @Nullable Integer spi(final String text) {
        if (!text.matches("0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,10}")) {
            return null;
        }
        final long value = Long.decode(text.startsWith("0") && !text.toLowerCase(Locale.ROOT).startsWith("0x")
            ? text.replaceFirst("^0+(?=.)", "") : text);
        return value < 256 || value > 0xffff_ffffL ? null : (int) value;
    }

    CommandNode command() {
        return CommandNode.group("clear", "Reset functions",
            CommandNode.group("crypto", "Encryption subsystem",
                CommandNode.group("call", "Clear crypto call admission statistics",
                    CommandNode.group("admission", "Crypto Call Admission Control",
                        CommandNode.command("statistics", "Reset the counters", () -> ended(admission::clear)))),
                CommandNode.group("ikev2", "Clear IKEv2 entries", ikev2()),
                CommandNode.command("isakmp", "Flush the ISAKMP database", () -> ended(() -> plane.sas().clearIke(1, sa -> true, false)),
                    CommandNode.argument(connection, "Connection id of SA", input -> {
                        final long id = input.get(connection);
                        return ended(() -> plane.sas().clearIke(1, sa -> sa.id() == id, false));
                    })),
                sa(), session()));
    }

    private CommandNode ikev2() {
        return CommandNode.command("sa", "Clear IKEv2 SAs", () -> ended(() -> plane.sas().clearIke(2, sa -> true, false)),
            CommandNode.command("fast", "Without telling the peers", () -> ended(() -> plane.sas().clearIke(2, sa -> true, true))),
            CommandNode.group("local", "Clear IKEv2 SAs of a local address", of(v4, value -> path -> value.equals(path.local())),
                of(v6, value -> path -> value.equals(path.local()))),
            CommandNode.group("remote", "Clear IKEv2 SAs of a remote address", of(v4, value -> path -> value.equals(path.remote())),
                of(v6, value -> path -> value.equals(path.remote()))));
    }

    /** Which exchanges an address means. */
    @FunctionalInterface
    private interface Chosen {
        Predicate<IkePath> by(IpAddress address);
    }

    private CommandNode of(final Argument<IpAddress> argument, final Chosen chosen) {
        return CommandNode.argument(argument, "Address", input -> ikev2(chosen.by(input.get(argument)), false),
            CommandNode.command("fast", "Without telling the peers", input -> ikev2(chosen.by(input.get(argument)), true)));
    }

    private String ikev2(final Predicate<IkePath> which, final boolean silent) {
        return ended(() -> plane.sas().clearIke(2, sa -> which.test(sa.path()), silent));
    }

    private CommandNode sa() {
        return CommandNode.command("sa", "Clear all crypto SAs", () -> clear(pair -> true),
            CommandNode.command("counters", "Reset the SA counters", () -> ended(baselines::clear)),
            CommandNode.group("entry", "Clear one SA by its destination, protocol and SPI", one(v4), one(v6)),
            CommandNode.group("map", "Clear all SAs for a given crypto map",
                CommandNode.argument(map, "Crypto map name", input -> {
                    final String name = input.get(map);
                    return clear(pair -> name.equals(IpsecSaText.tag(pair.flow())));
                })),
            CommandNode.group("peer", "Clear all SAs for a given crypto peer", peer(v4), peer(v6)),
            CommandNode.group("spi", "Clear SA by SPI", one(v4), one(v6)));
    }

    private CommandNode peer(final Argument<IpAddress> argument) {
        return CommandNode.argument(argument, "Peer's address", input -> {
            final IpAddress peer = input.get(argument);
            return clear(pair -> peer.equals(pair.path().remote()));
        });
    }

    /** Both halves of a pair go with either. */
    private CommandNode one(final Argument<IpAddress> argument) {
        return CommandNode.argument(argument, "Destination address of the SA", null,
            CommandNode.group("esp", "ESP SA",
                CommandNode.argument(spi, "SPI, decimal or 0x", input -> {
                    final IpAddress destination = input.get(argument);
                    final int value = input.get(spi);
                    return clear(pair -> pair.inboundSpi() == value && destination.equals(pair.path().local())
                        || pair.outboundSpi() == value && destination.equals(pair.path().remote()));
                })));
    }

    private String clear(final Predicate<SaPair> which) {
        return ended(() -> plane.sas().clearCryptoSaWhere(which));
    }

    private CommandNode session() {
        return CommandNode.command("session", "Clear crypto sessions (tunnels)", () -> ended(() -> plane.sas().clearSession(path -> true)),
            CommandNode.group("local", "Clear crypto sessions for a local crypto endpoint",
                sessions(v4, value -> path -> value.equals(path.local())), sessions(v6, value -> path -> value.equals(path.local()))),
            CommandNode.group("remote", "Clear crypto sessions for a remote IKE peer",
                sessions(v4, value -> path -> value.equals(path.remote())), sessions(v6, value -> path -> value.equals(path.remote()))));
    }

    private CommandNode sessions(final Argument<IpAddress> argument, final Chosen chosen) {
        return CommandNode.argument(argument, "Address", input -> {
            final Predicate<IkePath> which = chosen.by(input.get(argument));
            return ended(() -> plane.sas().clearSession(which));
        });
    }

    private static String ended(final Runnable action) {
        action.run();
        return "";
    }
}
