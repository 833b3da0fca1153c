package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.edit.Arguments;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.RoutedConfig;

/** {@code source INTERFACE|A.B.C.D} of {@code ping} and {@code traceroute}, and which address is taken without it. */
final class SourceAddress {
    /** Static routes behind each other. */
    private static final int MAX_HOPS = 8;

    private final Box box;
    private final Argument<String> name = Arguments.interfaceName(false);
    private final Argument<IpAddress> address = Argument.ipv4();

    SourceAddress(final Box box) {
        this.box = box;
    }

    /** The option, with what it does and what may follow it. */
    CommandNode option(final CommandNode.Printer action, final Supplier<List<CommandNode>> next) {
        return new CommandNode("source", null, "Specify source address or name", null,
            () -> List.of(new CommandNode(name.form(), name, "Source interface", action, next),
                new CommandNode(address.form(), address, "Source address", action, next)));
    }

    /** Whether it was typed. */
    static boolean isNamed(final Input input) {
        return input.has("source");
    }

    /** The address to send from: ours, of an interface that is up. */
    IpAddress of(final Input input, final IpAddress to) throws CommandRefusal {
        if (!isNamed(input)) {
            return nearest(to);
        }
        final Optional<IpAddress> typed = input.find(address);
        if (typed.isPresent()) {
            if (!box.datapath().configuration().ownAddresses().contains(typed.get())) {
                throw CommandRefusal.because("Invalid source address- IP address not on any of our up interfaces");
            }
            return typed.get();
        }
        return new Interfaces(box).named(input.get(name)).filter(Interfaces.Entry::isUp).flatMap(entry -> own(entry.index()))
            .orElseThrow(() -> CommandRefusal.because("Invalid source interface - IP not enabled or interface is down"));
    }

    /** The address of the interface that the destination is behind; any other of ours if it is behind none. */
    private IpAddress nearest(final IpAddress to) {
        final Rib rib = new Rib(box, false);
        Rib.Route route = rib.findAny(to).orElse(null);
        for (int hops = 0; route != null && hops < MAX_HOPS; hops++) {
            if (route.output() != RoutedConfig.NO_INTERFACE) {
                return own(route.output()).orElse(IpAddress.v4(0));
            }
            final IpAddress hop = route.hop();
            route = hop == null ? null : rib.find(hop).orElse(null);
        }
        return box.datapath().configuration().ownAddresses().stream().filter(each -> !each.v6()).findFirst().orElse(IpAddress.v4(0));
    }

    private Optional<IpAddress> own(final int index) {
        return box.datapath().configuration().interfaces().get(index).addresses().stream().map(InterfaceAddress::address)
            .filter(each -> !each.v6()).findFirst();
    }
}
