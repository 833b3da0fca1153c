package org.qfpsim.controlplane.cryptoshow;

import java.util.List;
import java.util.function.Predicate;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.config.edit.InterfaceNames;
import org.qfpsim.controlplane.kmi.EventTraces.Source;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto session|map|dynamic-map|call|mib|invalid-spi} and {@code show monitor event-trace crypto}. */
final class ShowOtherCommands {
    private final ControlPlane plane;
    private final SessionTable sessions;
    private final MapTable maps;
    private final MibTable mib;
    private final TraceTable traces;
    private final AdmissionTable admission;
    private final Argument<IpAddress> v4 = Argument.ipv4();
    private final Argument<IpAddress> v6 = Argument.ipv6();
    private final Argument<String> interfaceName = InterfaceNames.argument();
    private final Argument<String> tag = Argument.word();

    ShowOtherCommands(final ControlPlane plane, final WallClock clock, final Baselines baselines, final AdmissionTable admission) {
        this.plane = plane;
        this.admission = admission;
        sessions = new SessionTable(plane, baselines);
        maps = new MapTable(plane);
        mib = new MibTable(plane);
        traces = new TraceTable(plane, clock);
    }

    List<CommandNode> commands() {
        return List.of(
            CommandNode.group("call", "Show crypto call admission info",
                CommandNode.group("admission", "Crypto Call Admission Control",
                    CommandNode.command("statistics", "Crypto Call Admission Control statistics", admission::admission))),
            CommandNode.printing("dynamic-map", "Crypto map templates", (input, out) -> maps.dynamic(out, name -> true),
                CommandNode.group("tag", "Crypto map templates with a given tag",
                    CommandNode.printingArgument(tag, "Crypto map tag",
                        (input, out) -> maps.dynamic(out, input.get(tag)::equals)))),
            CommandNode.command("invalid-spi", "Packets with an unknown SPI and what was done (qfp-sim only)", plane::showInvalidSpi),
            CommandNode.printing("map", "Crypto maps", (input, out) -> maps.print(out, name -> true, null),
                CommandNode.group("interface", "Crypto maps for a specific interface",
                    CommandNode.printingArgument(interfaceName, "Interface",
                        (input, out) -> maps.print(out, name -> true, input.get(interfaceName)))),
                CommandNode.group("tag", "Crypto maps with a given tag",
                    CommandNode.printingArgument(tag, "Crypto map tag",
                        (input, out) -> maps.print(out, input.get(tag)::equals, null)))),
            CommandNode.group("mib", "Show Crypto-related MIB Parameters",
                CommandNode.group("ipsec", "Show IPSec MIB",
                    CommandNode.group("flowmib", "Show IPSec Flow MIB", CommandNode.command("global", "Global counters", mib::ipsec))),
                CommandNode.group("isakmp", "Show ISAKMP MIB",
                    CommandNode.group("flowmib", "Show ISAKMP Flow MIB", CommandNode.command("global", "Global counters", mib::isakmp)))),
            session());
    }

    private CommandNode session() {
        return CommandNode.printing("session", "Show crypto sessions (tunnels)", (input, out) -> sessions.print(out, key -> true, false),
            CommandNode.printing("brief", "Show brief output", (input, out) -> sessions.brief(out, key -> true)),
            CommandNode.printing("detail", "Show detailed output", (input, out) -> sessions.print(out, key -> true, true)),
            CommandNode.group("interface", "Show crypto sessions on an interface",
                filtered(interfaceName, value -> key -> value.equals(key.interfaceName()))),
            CommandNode.group("local", "Show crypto sessions for a local crypto endpoint",
                filtered(v4, value -> key -> value.equals(key.local())), filtered(v6, value -> key -> value.equals(key.local()))),
            CommandNode.group("remote", "Show crypto sessions for a remote IKE peer",
                filtered(v4, value -> key -> value.equals(key.peer())), filtered(v6, value -> key -> value.equals(key.peer()))),
            CommandNode.command("summary", "How many sessions there are of each status (layout of qfp-sim)", sessions::summary));
    }

    /** Which sessions a value means. */
    @FunctionalInterface
    private interface Chosen<T> {
        Predicate<SessionTable.Key> by(T value);
    }

    private <T> CommandNode filtered(final Argument<T> argument, final Chosen<T> chosen) {
        return CommandNode.printingArgument(argument, "Value",
            (input, out) -> sessions.print(out, chosen.by(input.get(argument)), false),
            CommandNode.printing("brief", "Show brief output", (input, out) -> sessions.brief(out, chosen.by(input.get(argument)))),
            CommandNode.printing("detail", "Show detailed output",
                (input, out) -> sessions.print(out, chosen.by(input.get(argument)), true)));
    }

    /** {@code show monitor event-trace crypto ...}. */
    CommandNode trace() {
        return CommandNode.group("show", "Show running system information",
            CommandNode.group("monitor", "Monitoring different system events",
                CommandNode.group("event-trace", "Trace of system events",
                    CommandNode.group("crypto", "Crypto events",
                        CommandNode.group("ikev2", "IKEv2 events", trace("event", "IKEv2 events", Source.IKEV2)),
                        CommandNode.group("ipsec", "IPSec events", trace("event", "IPSec events", Source.IPSEC)),
                        trace("isakmp", "ISAKMP events", Source.ISAKMP)))));
    }

    private CommandNode trace(final String word, final String help, final Source source) {
        return CommandNode.group(word, help,
            CommandNode.printing("all", "Show all the traces in current buffer", (input, out) -> traces.print(out, source, false)),
            CommandNode.printing("latest", "Show latest trace events since last display",
                (input, out) -> traces.print(out, source, true)));
    }
}
