package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;
import org.qfpsim.controlplane.icmp.Probes;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code traceroute}. The command returns at once and goes on; each hop is a line. */
public final class TracerouteCommands {
    private static final int PROBES = 3;
    private static final int MAX_PROBES = 65_535;
    private static final int TIMEOUT = 3;
    private static final int MAX_TIMEOUT = 3600;
    private static final int LAST_TTL = 30;
    private static final int MAX_TTL = 255;
    private static final int PORT = 33_434;
    private static final int MAX_PORT = 65_535;
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final SourceAddress source;
    private final Probes probes;
    private final Argument<IpAddress> destination = Argument.ipv4();
    private final Argument<Long> count = Argument.number(1, MAX_PROBES);
    private final Argument<Long> timeout = Argument.number(0, MAX_TIMEOUT);
    private final Argument<Long> first = Argument.number(1, MAX_TTL);
    private final Argument<Long> last = Argument.number(1, MAX_TTL);
    private final Argument<Long> port = Argument.number(1, MAX_PORT);

    /**
     * Makes the command.
     *
     * @param box    the router.
     * @param probes sends datagrams.
     */
    public TracerouteCommands(final Box box, final Probes probes) {
        source = new SourceAddress(box);
        this.probes = probes;
    }

    /** The command, from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("traceroute", "Trace route to destination", to(),
            CommandNode.group("ip", "IP Trace", to())));
    }

    private CommandNode to() {
        return new CommandNode(destination.form(), destination, "Trace route to destination address", this::trace, this::options);
    }

    /** In any order; of an option that is given twice the last one counts, as there. */
    private List<CommandNode> options() {
        return List.of(
            new CommandNode("numeric", null, "display numeric address", this::trace, this::options),
            option("port", "specify port number", port, "Port number"),
            option("probe", "specify number of probes per hop", count, "Number of probes"),
            source.option(this::trace, this::options),
            option("timeout", "specify time out", timeout, "Timeout in seconds"),
            new CommandNode("ttl", null, "specify minimum and maximum ttl", null, () -> List.of(
                node(first, "Minimum time to live", null, () -> List.of(node(last, "Maximum time to live", this::trace, this::options))))));
    }

    private CommandNode option(final String keyword, final String help, final Argument<Long> value, final String valueHelp) {
        return new CommandNode(keyword, null, help, null, () -> List.of(node(value, valueHelp, this::trace, this::options)));
    }

    private static CommandNode node(final Argument<Long> value, final String help, final CommandNode.@Nullable Printer action,
                                    final Supplier<List<CommandNode>> next) {
        return new CommandNode(value.form(), value, help, action, next);
    }

    private void trace(final Input input, final Output out) throws CommandRefusal {
        final IpAddress to = input.get(destination);
        final int from = number(input, first, 1);
        final int until = number(input, last, LAST_TTL);
        if (from > until) {
            throw CommandRefusal.because("Minimum ttl must not be greater than maximum ttl");
        }
        final Probes.Request request = new Probes.Request(source.of(input, to), to, from, until, number(input, count, PROBES),
            number(input, timeout, TIMEOUT) * SECOND, number(input, port, PORT));
        out.print("Type escape sequence to abort.\nTracing the route to " + to + "\nVRF info: (vrf in name/id, vrf out name/id)\n");
        out.hold();
        probes.start(request, new Report(out, request.probes()));
    }

    private static int number(final Input input, final Argument<Long> argument, final int otherwise) {
        return Math.toIntExact(input.find(argument).orElse((long) otherwise));
    }

    /** Prints a line for each hop; an address again where another station answers. */
    private static final class Report implements Probes.Listener {
        private final Output out;
        private final int probes;
        private final StringBuilder line = new StringBuilder();
        private @Nullable IpAddress shown;
        private int seen;

        Report(final Output out, final int probes) {
            this.out = out;
            this.probes = probes;
        }

        @Override
        public boolean over(final int ttl, final @Nullable IpAddress from, final char sign, final long nanos) {
            if (line.isEmpty()) {
                line.append(String.format(Locale.ROOT, "%3d ", ttl));
            }
            if (from == null) {
                line.append(" * ");
            } else {
                if (!from.equals(shown)) {
                    line.append(shown == null ? "" : "\n    ").append(from);
                    shown = from;
                }
                line.append(sign == ON_THE_WAY || sign == REACHED ? " " + (nanos + MILLI / 2) / MILLI + " msec" : " !" + sign + " ");
            }
            seen++;
            if (seen % probes != 0) {
                return true;
            }
            shown = null;
            final String text = line.append('\n').toString();
            line.setLength(0);
            try {
                out.print(text);
                return true;
            } catch (final OutputEnded e) {
                return false;
            }
        }

        @Override
        public void ended() {
            out.release();
        }
    }
}
