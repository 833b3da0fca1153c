package org.qfpsim.controlplane.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.exec.Interfaces.Entry;
import org.qfpsim.controlplane.neighbor.NeighborTable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.MacAddress;

/** {@code show ip arp}, {@code show ipv6 neighbors}, {@code clear arp-cache}. */
public final class NeighborCommands {
    private static final long MINUTE = 60_000_000_000L;
    /** A neighbour that was heard within so long is reachable (RFC 4861 section 10, REACHABLE_TIME). */
    private static final long REACHABLE = 30_000_000_000L;

    private final Box box;
    private final Interfaces interfaces;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public NeighborCommands(final Box box) {
        this.box = box;
        interfaces = new Interfaces(box);
    }

    private record Row(IpAddress address, String age, MacAddress mac, String interfaceName) {
        String text() {
            return String.format(Locale.ROOT, "Internet  %-15s %10s   %-15s ARPA   %s\n", address, age, mac, interfaceName);
        }
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(
            CommandNode.group("show", "Show running system information",
                CommandNode.printing("arp", "ARP table", (input, out) -> arp(out)),
                CommandNode.group("ip", "IP information",
                    CommandNode.printing("arp", "IP ARP table", (input, out) -> arp(out))),
                CommandNode.group("ipv6", "IPv6 information",
                    CommandNode.printing("neighbors", "Show IPv6 neighbor cache entries", (input, out) -> neighbors(out)))),
            CommandNode.group("clear", "Reset functions",
                CommandNode.command("arp-cache", "Clear the entire ARP cache", this::clear)));
    }

    /** Own addresses have no age. */
    private void arp(final Output out) {
        final List<Row> rows = new ArrayList<>();
        for (final Entry entry : interfaces.all()) {
            final MacAddress mac = entry.spec().mac();
            if (mac != null && entry.isUp()) {
                entry.spec().addresses().stream().map(InterfaceAddress::address).filter(address -> !address.v6())
                    .forEach(address -> rows.add(new Row(address, "-", mac, entry.name())));
            }
        }
        for (final NeighborTable.Entry entry : box.neighbors().entries()) {
            if (!entry.address().v6()) {
                rows.add(new Row(entry.address(), String.valueOf(entry.ageNanos() / MINUTE), entry.mac(),
                    interfaces.name(entry.interfaceIndex())));
            }
        }
        rows.sort(Comparator.comparing(Row::address).thenComparing(Row::interfaceName));
        out.print("Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n");
        rows.forEach(row -> out.print(row.text()));
    }

    private void neighbors(final Output out) {
        out.print("IPv6 Address                              Age Link-layer Addr State Interface\n");
        box.neighbors().entries().stream().filter(entry -> entry.address().v6())
            .sorted(Comparator.comparing(NeighborTable.Entry::address).thenComparing(NeighborTable.Entry::interfaceIndex))
            .forEach(entry -> out.print(String.format(Locale.ROOT, "%-39s %5d %-15s %-5s %s\n",
                entry.address().toString().toUpperCase(Locale.ROOT), entry.ageNanos() / MINUTE, entry.mac(),
                entry.ageNanos() < REACHABLE ? "REACH" : "STALE",
                interfaces.all().stream().filter(each -> each.index() == entry.interfaceIndex()).findFirst().map(Entry::shortName)
                    .orElse("-"))));
    }

    private String clear() {
        box.neighbors().refresh();
        return "";
    }
}
