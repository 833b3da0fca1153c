package org.qfpsim.controlplane.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.CaptureSpec;
import org.qfpsim.datapath.trace.Direction;

/** {@code monitor capture} and {@code show monitor capture}. */
public final class CaptureCommands {
    private static final int MOST = 8;

    private final PacketWatch watch;
    private final WallClock clock;
    private final FlashFiles flash;
    private final Function<String, @Nullable AccessList> accessLists;
    private final Argument<String> name = Argument.word();
    private final Argument<String> port;
    private final Argument<String> list = Argument.word();
    private final Argument<IpPrefix> source = Argument.of("A.B.C.D/<0-32>|any", IpPrefix.class, CaptureCommands::prefix);
    private final Argument<IpPrefix> destination = Argument.of("A.B.C.D/<0-32>|any", IpPrefix.class, CaptureCommands::prefix);
    private final Argument<Long> size = Argument.number(1, 100);
    private final Argument<Long> value = Argument.number(1, 1_000_000);
    private final Argument<Long> length = Argument.number(CaptureSpec.MIN_PACKET, CaptureSpec.MAX_PACKET);
    private final Argument<String> file = PacketFile.argument();

    /**
     * Makes the commands.
     *
     * @param watch       what they work on.
     * @param clock       the time of day.
     * @param flash       where captures are written to.
     * @param accessLists by name; null if there is none.
     */
    public CaptureCommands(final PacketWatch watch, final WallClock clock, final FlashFiles flash,
                           final Function<String, @Nullable AccessList> accessLists) {
        this.watch = watch;
        this.clock = clock;
        this.flash = flash;
        this.accessLists = accessLists;
        port = Names.argument(watch);
    }

    private static @Nullable IpPrefix prefix(final String text) {
        if ("any".startsWith(text)) {
            return IpPrefix.any(false);
        }
        try {
            final IpPrefix prefix = IpPrefix.parse(text.indexOf('/') < 0 ? text + "/32" : text);
            return prefix.address().v6() ? null : prefix;
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(
            CommandNode.group("monitor", "Monitoring different system events",
                CommandNode.group("capture", "Packet capture", CommandNode.argument(name, "Name of the capture", null, verbs()))),
            CommandNode.group("no", "Negate a command",
                CommandNode.group("monitor", "Monitoring different system events",
                    CommandNode.group("capture", "Packet capture",
                        CommandNode.argument(name, "Name of the capture", this::remove)))),
            CommandNode.group("show", "Show running system information",
                CommandNode.group("monitor", "Monitoring different system events",
                    CommandNode.printing("capture", "Packet capture", (input, out) -> watch.captures().forEach((each, capture) ->
                        out.print("\n" + CaptureText.status(each, capture))),
                        CommandNode.argument(name, "Name of the capture", input -> "\n" + CaptureText.status(input.get(name), find(input)),
                            shown())))));
    }

    private CommandNode[] shown() {
        return new CommandNode[] {
            CommandNode.command("buffer", "Contents of the buffer", input -> CaptureText.buffer(find(input)),
                CommandNode.printing("brief", "A line for each packet", (input, out) -> packets(input, CaptureText.Detail.BRIEF, out)),
                CommandNode.printing("detailed", "Headers and octets", (input, out) -> packets(input, CaptureText.Detail.DETAILED, out)),
                CommandNode.printing("dump", "Octets", (input, out) -> packets(input, CaptureText.Detail.DUMP, out))),
            CommandNode.command("parameter", "Parameters of the capture", (CommandNode.Action) input ->
                "   " + String.join("\n   ", find(input).parameters(input.get(name))) + "\n")};
    }

    private void packets(final Input input, final CaptureText.Detail detail, final Output out) throws CommandRefusal {
        CaptureText.packets(find(input), detail, out);
    }

    private CommandNode[] verbs() {
        final CommandNode circular = CommandNode.command("circular", "The oldest packet makes room", (CommandNode.Action) this::buffered);
        return new CommandNode[] {
            CommandNode.group("access-list", "Packets that an access list permits",
                CommandNode.argument(list, "Access list", this::listed)),
            CommandNode.group("buffer", "Buffer",
                CommandNode.group("size", "Size", CommandNode.argument(size, "Megabytes", this::buffered, circular)),
                CommandNode.command("circular", "The oldest packet makes room", (CommandNode.Action) this::buffered,
                    CommandNode.group("size", "Size", CommandNode.argument(size, "Megabytes", this::buffered)))),
            CommandNode.command("clear", "Forget what was captured", this::clear),
            CommandNode.group("export", "Write a pcapng file", CommandNode.argument(file, "File", this::export)),
            CommandNode.group("interface", "Where packets are captured", CommandNode.argument(port, "Interface", null,
                CommandNode.command("both", "Both directions", (CommandNode.Action) input -> attach(input, Direction.BOTH)),
                CommandNode.command("in", "Packets that come in", (CommandNode.Action) input -> attach(input, Direction.INGRESS)),
                CommandNode.command("out", "Packets that leave", (CommandNode.Action) input -> attach(input, Direction.EGRESS)))),
            CommandNode.group("limit", "Limits",
                limit("duration", "Seconds", value, (capture, number) -> capture.seconds = number),
                limit("packet-len", "Octets of a packet", length, (capture, number) -> capture.packetBytes = number),
                limit("packets", "Packets", value, (capture, number) -> capture.packets = number),
                limit("pps", "Packets a second", value, (capture, number) -> capture.perSecond = number)),
            CommandNode.group("match", "Packets that are captured",
                CommandNode.command("any", "Every packet", (CommandNode.Action) input -> filter(input, "match any", null)),
                CommandNode.group("ipv4", "Packets of IPv4", CommandNode.argument(source, "Source", null,
                    CommandNode.argument(destination, "Destination", this::matched)))),
            CommandNode.command("start", "Start the capture", this::start),
            CommandNode.command("stop", "Stop the capture", this::stop)};
    }

    private CommandNode limit(final String keyword, final String help, final Argument<Long> argument, final ObjIntConsumer<Capture> set) {
        return CommandNode.group(keyword, help, CommandNode.argument(argument, help, input -> {
            set.accept(stopped(input), Math.toIntExact(input.get(argument)));
            return "";
        }));
    }

    private Capture find(final Input input) throws CommandRefusal {
        final Capture found = watch.captures().get(input.get(name));
        if (found == null) {
            throw CommandRefusal.because("Capture " + input.get(name) + " does not exist");
        }
        return found;
    }

    /** A capture whose settings are to change, made if need be. */
    private Capture stopped(final Input input) throws CommandRefusal {
        final Map<String, Capture> all = watch.captures();
        final Capture known = all.get(input.get(name));
        if (known == null && all.size() == MOST) {
            throw CommandRefusal.because("there are " + MOST + " captures already; remove one with 'no monitor capture NAME'");
        }
        final Capture capture = known == null ? new Capture() : known;
        if (capture.isStarted()) {
            throw CommandRefusal.because("Capture " + input.get(name) + " is active; stop it first");
        }
        all.put(input.get(name), capture);
        return capture;
    }

    private String attach(final Input input, final Direction direction) throws CommandRefusal {
        stopped(input).points.put(input.get(port), direction);
        return "";
    }

    private String filter(final Input input, final String typed, final @Nullable List<PolicyRule> rules) throws CommandRefusal {
        final Capture capture = stopped(input);
        capture.filter = typed;
        capture.rules = rules;
        return "";
    }

    private String listed(final Input input) throws CommandRefusal {
        final AccessList found = accessLists.apply(input.get(list));
        if (found == null) {
            throw CommandRefusal.because("Access list " + input.get(list) + " does not exist");
        }
        final List<PolicyRule> rules = new ArrayList<>();
        for (final AccessList.Entry entry : found.entries()) {
            rules.add(new PolicyRule(found.name(), PolicyRule.Direction.INBOUND, entry.selector(),
                entry.permit() ? PolicyRule.Action.BYPASS : PolicyRule.Action.DENY_DROP, null));
        }
        return filter(input, "access-list " + found.name(), rules);
    }

    private String matched(final Input input) throws CommandRefusal {
        final IpPrefix from = input.get(source);
        final IpPrefix to = input.get(destination);
        return filter(input, "match ipv4 " + text(from) + " " + text(to), List.of(new PolicyRule("match", PolicyRule.Direction.INBOUND,
            TrafficSelector.between(from, to), PolicyRule.Action.BYPASS, null)));
    }

    private static String text(final IpPrefix prefix) {
        final IpAddress address = prefix.address();
        return prefix.length() == 0 ? "any" : prefix.length() == address.bits() ? "host " + address : prefix.toString();
    }

    private String buffered(final Input input) throws CommandRefusal {
        final Capture capture = stopped(input);
        capture.megabytes = input.find(size).map(Math::toIntExact).orElse(Capture.DEFAULT_MEGABYTES);
        capture.circular = input.has("circular");
        return "";
    }

    private String start(final Input input) throws CommandRefusal {
        final Capture capture = find(input);
        if (capture.isStarted()) {
            throw CommandRefusal.because("Capture " + input.get(name) + " is already active");
        }
        if (capture.points.isEmpty() || capture.filter == null) {
            throw CommandRefusal.because("Unable to activate capture " + input.get(name) + ": it needs an interface and a filter");
        }
        return run(capture, () -> capture.start(watch.interfaces(), watch.timers().nanos()),
            "Started capture point : " + input.get(name) + "\n");
    }

    private String run(final Capture capture, final Runnable change, final String said) throws CommandRefusal {
        try {
            change.run();
            watch.capturesChanged();
            return said;
        } catch (final IllegalArgumentException e) {
            capture.stop();
            throw CommandRefusal.because(String.valueOf(e.getMessage()));
        }
    }

    private String stop(final Input input) throws CommandRefusal {
        final Capture capture = find(input);
        if (!capture.isStarted()) {
            throw CommandRefusal.because("Capture " + input.get(name) + " is not active");
        }
        return run(capture, capture::stop, "Stopped capture point : " + input.get(name) + "\n");
    }

    private String clear(final Input input) throws CommandRefusal {
        final Capture capture = find(input);
        return run(capture, () -> capture.clear(watch.interfaces(), watch.timers().nanos()), "");
    }

    private String remove(final Input input) throws CommandRefusal {
        final Capture capture = find(input);
        watch.captures().remove(input.get(name));
        return run(capture, capture::stop, "");
    }

    private String export(final Input input) throws CommandRefusal {
        final CaptureBuffer buffer = find(input).buffer();
        final Names names = new Names(watch.interfaces());
        try {
            final PacketFile written = new PacketFile(clock, watch.timers());
            CaptureBuffer.Captured next = buffer == null ? null : buffer.read(0);
            while (buffer != null && next != null) {
                written.add(names.full(next.interfaceIndex()), PcapngWriter.ETHERNET, next.nanos(), next.octets(), next.length(),
                    next.leaving() ? "out" : "in");
                next = buffer.read(next.next());
            }
            return written.save(flash, input.get(file));
        } catch (final IOException e) {
            // It goes to memory.
            throw new UncheckedIOException(e);
        }
    }
}
