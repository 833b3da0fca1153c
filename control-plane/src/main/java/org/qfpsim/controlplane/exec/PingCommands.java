package org.qfpsim.controlplane.exec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;
import org.qfpsim.controlplane.icmp.Echoes;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code ping}. The command returns at once and goes on; what becomes of the requests is printed as the network runs, line by line. */
public final class PingCommands {
    private static final int REPEAT = 5;
    private static final int SIZE = 100;
    private static final int MAX_SIZE = 18_024;
    private static final int MAX_REPEAT = Integer.MAX_VALUE;
    private static final int SIGNS_A_LINE = 70;
    private static final long TIMEOUT = 2;
    private static final long MAX_TIMEOUT = 3600;
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final SourceAddress source;
    private final Echoes echoes;
    private final Argument<IpAddress> destination = Argument.ipv4();
    private final Argument<Long> repeat = Argument.number(1, MAX_REPEAT);
    private final Argument<Long> size = Argument.number(Echoes.LEAST_OCTETS, MAX_SIZE);
    private final Argument<Long> timeout = Argument.number(0, MAX_TIMEOUT);

    /**
     * Makes the command.
     *
     * @param box    the router.
     * @param echoes sends the requests.
     */
    public PingCommands(final Box box, final Echoes echoes) {
        source = new SourceAddress(box);
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
            source.option(this::ping, this::options),
            option("timeout", "Specify timeout interval", timeout, "Timeout in seconds"));
    }

    private CommandNode option(final String keyword, final String help, final @Nullable Argument<?> value, final String valueHelp) {
        return value == null ? new CommandNode(keyword, null, help, this::ping, this::options)
            : new CommandNode(keyword, null, help, null,
                () -> List.of(new CommandNode(value.form(), value, valueHelp, this::ping, this::options)));
    }

    private void ping(final Input input, final Output out) throws CommandRefusal {
        final IpAddress to = input.get(destination);
        final boolean df = input.has("df-bit");
        final IpAddress from = source.of(input, to);
        final int count = Math.toIntExact(input.find(repeat).orElse((long) REPEAT));
        final int octets = Math.toIntExact(input.find(size).orElse((long) SIZE));
        final long seconds = input.find(timeout).orElse(TIMEOUT);
        out.print("Type escape sequence to abort.\nSending " + count + ", " + octets + "-byte ICMP Echos to " + to
            + ", timeout is " + seconds + " seconds:\n"
            + (SourceAddress.isNamed(input) ? "Packet sent with a source address of " + from + " \n" : "")
            + (df ? "Packet sent with the DF bit set\n" : ""));
        out.hold();
        echoes.start(new Echoes.Request(from, to, octets, count, df, seconds * SECOND), new Report(out, count));
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
