package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;
import org.qfpsim.controlplane.config.edit.Arguments;
import org.qfpsim.controlplane.icmp.Echoes;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.RoutedConfig;

/** {@code ping}. The command returns at once and goes on; what becomes of the requests is printed as the network runs, line by line. */
public final class PingCommands {
    private static final int REPEAT = 5;
    private static final int SIZE = 100;
    private static final int MAX_SIZE = 18_024;
    private static final int MAX_REPEAT = Integer.MAX_VALUE;
    private static final int SIGNS_A_LINE = 70;
    /** Static routes behind each other. */
    private static final int MAX_HOPS = 8;
    private static final long MILLI = 1_000_000;

    private final Box box;
    private final Echoes echoes;
    private final Argument<IpAddress> destination = Argument.ipv4();
    private final Argument<String> source = Arguments.interfaceName(false);
    private final Argument<IpAddress> sourceAddress = Argument.ipv4();
    private final Argument<Long> repeat = Argument.number(1, MAX_REPEAT);
    private final Argument<Long> size = Argument.number(Echoes.LEAST_OCTETS, MAX_SIZE);

    /**
     * Makes the command.
     *
     * @param box    the router.
     * @param echoes sends the requests.
     */
    public PingCommands(final Box box, final Echoes echoes) {
        this.box = box;
        this.echoes = echoes;
    }

    /** The command, from its first word on. */
    public List<CommandNode> commands() {
        final List<CommandNode> options = options();
        return List.of(CommandNode.group("ping", "Send echo messages",
            new CommandNode(destination.form(), destination, "Ping destination address", this::ping, () -> options),
            CommandNode.group("ip", "IP echo",
                new CommandNode(destination.form(), destination, "Ping destination address", this::ping, () -> options))));
    }

    /** In any order; of an option that is given twice the last one counts, as there. */
    private List<CommandNode> options() {
        return List.of(
            option("df-bit", "Enable do not fragment bit in IP header", null, ""),
            option("repeat", "Specify repeat count", repeat, "Repeat count"),
            option("size", "Specify datagram size", size, "Datagram size"),
            new CommandNode("source", null, "Specify source address or name", null,
                () -> List.of(new CommandNode(source.form(), source, "Source interface", this::ping, this::options),
                    new CommandNode(sourceAddress.form(), sourceAddress, "Source address", this::ping, this::options))));
    }

    private CommandNode option(final String keyword, final String help, final @Nullable Argument<?> value, final String valueHelp) {
        return value == null ? new CommandNode(keyword, null, help, this::ping, this::options)
            : new CommandNode(keyword, null, help, null,
                () -> List.of(new CommandNode(value.form(), value, valueHelp, this::ping, this::options)));
    }

    private void ping(final Input input, final Output out) throws CommandRefusal {
        final IpAddress to = input.get(destination);
        final boolean df = input.has("df-bit");
        final boolean named = input.has("source");
        final IpAddress from = named ? namedSource(input) : source(to);
        final int count = Math.toIntExact(input.find(repeat).orElse((long) REPEAT));
        final int octets = Math.toIntExact(input.find(size).orElse((long) SIZE));
        out.print("Type escape sequence to abort.\nSending " + count + ", " + octets + "-byte ICMP Echos to " + to
            + ", timeout is 2 seconds:\n" + (named ? "Packet sent with a source address of " + from + " \n" : "")
            + (df ? "Packet sent with the DF bit set\n" : ""));
        out.hold();
        echoes.start(new Echoes.Request(from, to, octets, count, df), new Report(out, count));
    }

    private IpAddress namedSource(final Input input) throws CommandRefusal {
        final Optional<IpAddress> typed = input.find(sourceAddress);
        if (typed.isPresent()) {
            if (!box.datapath().configuration().ownAddresses().contains(typed.get())) {
                throw CommandRefusal.because("Invalid source address- IP address not on any of our up interfaces");
            }
            return typed.get();
        }
        return new Interfaces(box).named(input.get(source)).filter(Interfaces.Entry::isUp).flatMap(entry -> own(entry.index()))
            .orElseThrow(() -> CommandRefusal.because("Invalid source interface - IP not enabled or interface is down"));
    }

    /** The address of the interface that the destination is behind; any other of ours if it is behind none. */
    private IpAddress source(final IpAddress to) {
        final Rib rib = new Rib(box, false);
        Rib.Route route = rib.findAny(to).orElse(null);
        for (int hops = 0; route != null && hops < MAX_HOPS; hops++) {
            if (route.output() != RoutedConfig.NO_INTERFACE) {
                return own(route.output()).orElse(IpAddress.v4(0));
            }
            final IpAddress hop = route.hop();
            route = hop == null ? null : rib.find(hop).orElse(null);
        }
        return box.datapath().configuration().ownAddresses().stream().filter(address -> !address.v6()).findFirst().orElse(IpAddress.v4(0));
    }

    private Optional<IpAddress> own(final int index) {
        return box.datapath().configuration().interfaces().get(index).addresses().stream().map(InterfaceAddress::address)
            .filter(address -> !address.v6()).findFirst();
    }

    /** Prints what became of the requests. */
    private static final class Report implements Echoes.Listener {
        private final Output out;
        private final int count;
        private final StringBuilder signs = new StringBuilder(SIGNS_A_LINE);
        private int seen;
        private int replies;
        private long least = Long.MAX_VALUE;
        private long most;
        private long total;

        Report(final Output out, final int count) {
            this.out = out;
            this.count = count;
        }

        @Override
        public boolean over(final char sign, final long nanos) {
            signs.append(sign);
            seen++;
            if (sign == '!') {
                final long millis = Math.max(1, (nanos + MILLI / 2) / MILLI);
                replies++;
                least = Math.min(least, millis);
                most = Math.max(most, millis);
                total += millis;
            }
            try {
                if (signs.length() == SIGNS_A_LINE || seen == count) {
                    out.print(signs + "\n");
                    signs.setLength(0);
                }
                if (seen == count) {
                    out.print("Success rate is " + replies * 100L / count + " percent (" + replies + "/" + count + ")"
                        + (replies == 0 ? "" : ", round-trip min/avg/max = " + least + "/" + total / replies + "/" + most + " ms") + "\n");
                    out.release();
                }
                return true;
            } catch (final OutputEnded e) {
                out.release();
                return false;
            }
        }
    }
}
