package org.qfpsim.controlplane.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.trace.Direction;
import org.qfpsim.datapath.trace.TraceBuffer;
import org.qfpsim.datapath.trace.TraceSpec;

/** {@code debug platform condition}, {@code debug platform packet-trace}, and what shows and clears them. */
public final class TraceCommands {
    private static final String REMINDER = "Please remember to turn on 'debug platform condition start' for packet-trace to work\n";

    private final PacketWatch watch;
    private final TraceText text;
    private final TraceExport export;
    private final Argument<String> port;
    private final Argument<IpPrefix> prefix4 = Argument.of("A.B.C.D/<0-32>", IpPrefix.class, TraceCommands::prefix4);
    private final Argument<IpPrefix> prefix6 = Argument.ipv6Prefix();
    private final Argument<Long> packets = Argument.number(TraceSpec.MIN_PACKETS, TraceSpec.MAX_PACKETS);
    private final Argument<Long> data = Argument.number(TraceSpec.MIN_DATA, TraceSpec.MAX_DATA);
    private final Argument<Long> code = Argument.number(1, 65_534);
    private final Argument<Long> size = Argument.number(TraceSpec.MIN_COPY, TraceSpec.MAX_COPY);
    private final Argument<Long> number = Argument.number(0, Integer.MAX_VALUE);

    /**
     * Makes the commands.
     *
     * @param watch   what they work on.
     * @param clock   the time of day.
     * @param token   in the names of IPsec drop types.
     * @param release what the router runs.
     * @param flash   where captures are written to.
     */
    public TraceCommands(final PacketWatch watch, final WallClock clock, final EngineToken token, final Release release,
                         final FlashFiles flash) {
        this.watch = watch;
        text = new TraceText(watch, clock, token, release.has(ReleaseSwitch.TRACE_COUNTS_LAYERS));
        export = new TraceExport(watch, clock, token, flash);
        port = Names.argument(watch);
    }

    private static @Nullable IpPrefix prefix4(final String typed) {
        final int slash = typed.indexOf('/');
        if (slash < 0 || !typed.substring(slash + 1).matches("[0-9]{1,2}") || Integer.parseInt(typed.substring(slash + 1)) > 32) {
            return null;
        }
        try {
            final IpAddress address = IpAddress.parse(typed.substring(0, slash));
            return address.v6() ? null : new IpPrefix(address, Integer.parseInt(typed.substring(slash + 1)));
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(
            CommandNode.group("debug", "Debugging functions",
                CommandNode.group("platform", "Platform debugging", condition(true), packetTrace())),
            CommandNode.group("no", "Disable debugging functions",
                CommandNode.group("debug", "Debugging functions",
                    CommandNode.group("platform", "Platform debugging", condition(false), noPacketTrace()))),
            CommandNode.group("undebug", "Disable debugging functions",
                CommandNode.group("platform", "Platform debugging", condition(false), noPacketTrace())),
            CommandNode.group("clear", "Reset functions",
                CommandNode.group("platform", "Platform information",
                    CommandNode.group("condition", "Conditional debug",
                        CommandNode.command("all", "Clear all conditions, and the packet trace", input -> changed(watch::off))),
                    CommandNode.group("packet-trace", "Packet trace",
                        CommandNode.command("configuration", "Clear the configuration of the packet trace",
                            input -> changed(() -> watch.settings(watch.settings().withoutTrace()))),
                        CommandNode.command("statistics", "Clear records and statistics", input -> changed(watch::clearTrace))))),
            CommandNode.group("show", "Show running system information",
                CommandNode.group("platform", "Show platform information",
                    CommandNode.command("conditions", "Conditional debug information", text::conditions),
                    showTrace())),
            CommandNode.group("qfp-sim", "Functions of the simulator",
                CommandNode.group("packet-trace", "Packet trace",
                    CommandNode.group("export", "Write copies of traced packets into a file", export.file()))));
    }

    private CommandNode showTrace() {
        return CommandNode.group("packet-trace", "Packet trace information",
            CommandNode.command("configuration", "Packet trace configuration", text::configuration),
            CommandNode.group("packet", "Details of a packet",
                CommandNode.printing("all", "All packets", (input, out) -> all(false, out),
                    CommandNode.printing("decode", "Take the copied octets apart", (input, out) -> all(true, out))),
                CommandNode.argument(number, "Packet number", input -> one(input, false),
                    CommandNode.command("decode", "Take the copied octets apart", (CommandNode.Action) input -> one(input, true)))),
            CommandNode.command("statistics", "Packet trace statistics", text::statistics),
            CommandNode.printing("summary", "Packet trace summary", (input, out) -> text.summary(out)));
    }

    private String one(final Input input, final boolean decode) throws CommandRefusal {
        final String shown = text.packet(input.get(number), decode);
        if (shown == null) {
            throw CommandRefusal.because("Packet " + input.get(number) + " is not available");
        }
        return shown;
    }

    private void all(final boolean decode, final Output out) {
        final TraceBuffer trace = watch.trace();
        if (trace != null) {
            for (long i = trace.oldest(); i < trace.end(); i++) {
                final String shown = text.packet(i, decode);
                if (shown != null) {
                    out.print((i == trace.oldest() ? "" : "\n") + shown);
                }
            }
        }
    }

    private CommandNode condition(final boolean on) {
        final CommandNode[] directions = directions(on);
        final CommandNode v4 = CommandNode.group("ipv4", "IPv4 address", CommandNode.argument(prefix4, "Address and prefix length", null,
            directions));
        final CommandNode v6 = CommandNode.group("ipv6", "IPv6 address", CommandNode.argument(prefix6, "Address and prefix length", null,
            directions));
        final CommandNode interfaces = CommandNode.group("interface", "Interface", CommandNode.argument(port, "Interface name", null,
            join(directions, v4, v6)));
        final CommandNode[] all = join(directions, interfaces, v4, v6);
        return CommandNode.group("condition", "Conditional debug", on ? join(all,
            CommandNode.command("start", "Start conditional debug", input -> started(true)),
            CommandNode.command("stop", "Stop conditional debug", input -> started(false))) : all);
    }

    private static CommandNode[] join(final CommandNode[] some, final CommandNode... others) {
        final CommandNode[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    private CommandNode[] directions(final boolean on) {
        return Arrays.stream(Direction.values()).map(direction -> CommandNode.command(direction.name().toLowerCase(Locale.ROOT),
            switch (direction) {
                case INGRESS -> "Packets that come in";
                case EGRESS -> "Packets that leave";
                case BOTH -> "Both directions";
            }, input -> changed(() -> set(input, direction, on)))).toArray(CommandNode[]::new);
    }

    private void set(final Input input, final Direction direction, final boolean on) {
        final TraceSettings.Entry entry = new TraceSettings.Entry(input.find(port).orElse(null),
            input.find(prefix4).or(() -> input.find(prefix6)).orElse(null), direction);
        watch.settings(on ? watch.settings().with(entry) : watch.settings().without(entry));
    }

    private CommandNode packetTrace() {
        final CommandNode.Action count = input -> {
            changed(() -> watch.settings(watch.settings().packets(Math.toIntExact(input.get(packets)), input.has("circular"),
                input.has("fia-trace"), input.find(data).map(Math::toIntExact).orElse(TraceSpec.MIN_DATA))));
            return watch.isStarted() ? "" : REMINDER;
        };
        final CommandNode sized = CommandNode.group("data-size", "Room for the path of a packet",
            CommandNode.argument(data, "Octets", count));
        final CommandNode circular = CommandNode.command("circular", "The oldest record makes room", count, sized);
        final CommandNode fia = CommandNode.command("fia-trace", "Record every step", count, circular, sized);
        return CommandNode.group("packet-trace", "Packet trace",
            CommandNode.group("copy", "Copy packet data", copies()),
            CommandNode.command("drop", "Record dropped packets only", input -> only(TraceSpec.Only.DROPPED, 0),
                CommandNode.group("code", "One drop code",
                    CommandNode.argument(code, "Drop ID", input -> only(TraceSpec.Only.DROPPED, Math.toIntExact(input.get(code)))))),
            CommandNode.group("packet", "Number of packets", CommandNode.argument(packets, "Packets", count, circular, fia, sized)),
            CommandNode.command("punt", "Record punted packets only", input -> only(TraceSpec.Only.PUNTED, 0)));
    }

    private String only(final TraceSpec.Only only, final int drop) throws CommandRefusal {
        if (drop > Short.MAX_VALUE) {
            throw CommandRefusal.because("there is no drop ID " + drop);
        }
        return changed(() -> watch.settings(watch.settings().only(only, drop)));
    }

    private CommandNode copies() {
        final CommandNode.Action copy = input -> {
            final TraceSpec.Layer layer = input.has("L4") ? TraceSpec.Layer.L4 : input.has("L3") ? TraceSpec.Layer.L3 : TraceSpec.Layer.L2;
            return changed(() -> watch.settings(watch.settings().copy(!input.has("output"), !input.has("input"), layer,
                input.find(size).map(Math::toIntExact).orElse(TraceSpec.DEFAULT_COPY))));
        };
        final CommandNode sized = CommandNode.group("size", "Octets of a copy", CommandNode.argument(size, "Octets", copy));
        final CommandNode[] layers = {CommandNode.command("L2", "From the link layer's header on", copy, sized),
            CommandNode.command("L3", "From the IP header on", copy, sized),
            CommandNode.command("L4", "From the header behind the IP header on", copy, sized), sized};
        return CommandNode.group("packet", "Packet data",
            CommandNode.command("both", "As it came in and as it left", copy, layers),
            CommandNode.command("input", "As it came in", copy, layers),
            CommandNode.command("output", "As it left", copy, layers));
    }

    private CommandNode noPacketTrace() {
        final CommandNode.Action all = input -> changed(() -> watch.settings(watch.settings().only(TraceSpec.Only.ALL, 0)));
        return CommandNode.command("packet-trace", "Packet trace",
            input -> changed(() -> watch.settings(watch.settings().withoutTrace())),
            CommandNode.command("copy", "Copy packet data", input -> changed(() -> watch.settings(watch.settings().copy(false, false,
                TraceSpec.Layer.L2, TraceSpec.DEFAULT_COPY)))),
            CommandNode.command("drop", "Record dropped packets only", all),
            CommandNode.command("packet", "Number of packets", input -> changed(() -> watch.settings(watch.settings().withoutTrace()))),
            CommandNode.command("punt", "Record punted packets only", all));
    }

    private String started(final boolean on) throws CommandRefusal {
        return changed(() -> watch.start(on));
    }

    /** A change that asks for too much is refused, and nothing has changed. */
    static String changed(final Runnable change) throws CommandRefusal {
        try {
            change.run();
            return "";
        } catch (final IllegalArgumentException e) {
            throw CommandRefusal.because(String.valueOf(e.getMessage()));
        }
    }
}
