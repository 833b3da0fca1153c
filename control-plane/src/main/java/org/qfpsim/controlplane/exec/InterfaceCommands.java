package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.edit.Arguments;
import org.qfpsim.controlplane.exec.Interfaces.Entry;
import org.qfpsim.datapath.route.PortCounters.Column;

/** {@code show interfaces}, {@code show ip interface}, {@code show ipv6 interface brief}, {@code clear counters}. */
public final class InterfaceCommands {
    private static final String SUMMARY = """

         *: interface is up
         IHQ: pkts in input hold queue     IQD: pkts dropped from input queue
         OHQ: pkts in output hold queue    OQD: pkts dropped from output queue
         RXBS: rx rate (bits/sec)          RXPS: rx rate (pkts/sec)
         TXBS: tx rate (bits/sec)          TXPS: tx rate (pkts/sec)
         TRTL: throttle count

          Interface                   IHQ       IQD       OHQ       OQD      RXBS      RXPS      TXBS      TXPS      TRTL
        """ + "-".repeat(113) + "\n";

    private final Box box;
    private final Interfaces interfaces;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public InterfaceCommands(final Box box) {
        this.box = box;
        interfaces = new Interfaces(box);
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        final Argument<String> one = Arguments.interfaceName(false);
        final Argument<String> ip = Arguments.interfaceName(false);
        final Argument<String> cleared = Arguments.interfaceName(false);
        return List.of(
            CommandNode.group("show", "Show running system information",
                CommandNode.printing("interfaces", "Interface status and configuration",
                    (input, out) -> each(out, entry -> new InterfaceText(box, entry).text()),
                    CommandNode.printing("description", "Show interface description", (input, out) -> descriptions(out)),
                    CommandNode.printing("summary", "Show interface summary", (input, out) -> summary(out)),
                    CommandNode.argument(one, "Interface", input -> new InterfaceText(box, entry(input, one)).text())),
                CommandNode.group("ip", "IP information",
                    CommandNode.printing("interface", "IP interface status and configuration",
                        (input, out) -> each(out, entry -> IpInterfaceText.full(box, entry)),
                        CommandNode.printing("brief", "Brief summary of IP status and configuration", (input, out) -> {
                            out.print("Interface              IP-Address      OK? Method Status                Protocol\n");
                            each(out, entry -> IpInterfaceText.brief(box, entry));
                        }),
                        CommandNode.argument(ip, "Interface", input -> IpInterfaceText.full(box, entry(input, ip))))),
                CommandNode.group("ipv6", "IPv6 information",
                    CommandNode.group("interface", "IPv6 interface status and configuration",
                        CommandNode.printing("brief", "Brief summary of IPv6 status and configuration",
                            (input, out) -> each(out, IpInterfaceText::brief6))))),
            CommandNode.group("clear", "Reset functions",
                CommandNode.printing("counters", "Clear counters on one or all interfaces",
                    (input, out) -> clear(out, interfaces.all(), "all interfaces", "all interfaces"),
                    CommandNode.printingArgument(cleared, "Interface", (input, out) -> {
                        final Entry entry = entry(input, cleared);
                        clear(out, List.of(entry), "this interface", "interface " + entry.name());
                    }))));
    }

    private void each(final Output out, final Function<Entry, String> text) {
        interfaces.all().forEach(entry -> out.print(text.apply(entry)));
    }

    private Entry entry(final Input input, final Argument<String> name) throws CommandRefusal {
        return interfaces.named(input.get(name)).orElseThrow(() -> input.invalid(name));
    }

    private void descriptions(final Output out) {
        out.print("Interface                      Status         Protocol Description\n");
        each(out, entry -> String.format(Locale.ROOT, "%-30s %-14s %-8s %s\n", entry.shortName(),
            entry.config().shutdown() ? "admin down" : entry.status(), entry.protocol(),
            entry.config().description() == null ? "" : entry.config().description()));
    }

    private void summary(final Output out) {
        out.print(SUMMARY);
        each(out, entry -> String.format(Locale.ROOT, "%s %-21s%10d%10d%10d%10d%10d%10d%10d%10d%10d\n", entry.isUp() ? "*" : " ",
            entry.briefName(), 0, 0, 0, box.statistics().count(entry.index(), Column.TX_DROPS),
            InterfaceText.rounded(box.statistics().rate(entry.index(), Column.RX_OCTETS)),
            box.statistics().rate(entry.index(), Column.RX_PACKETS),
            InterfaceText.rounded(box.statistics().rate(entry.index(), Column.TX_OCTETS)),
            box.statistics().rate(entry.index(), Column.TX_PACKETS), 0));
    }

    private void clear(final Output out, final List<Entry> entries, final String which, final String what) {
        out.confirm("Clear \"show interface\" counters on " + which + " [confirm]", next -> {
            entries.forEach(entry -> box.statistics().clear(entry.index()));
            box.log().message("CLEAR", 5, "COUNTERS", "Clear counter on " + what + " by console");
        });
    }
}
