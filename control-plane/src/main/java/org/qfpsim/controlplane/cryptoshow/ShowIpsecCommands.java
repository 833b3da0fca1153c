package org.qfpsim.controlplane.cryptoshow;

import java.util.function.Predicate;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.config.edit.InterfaceNames;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto ipsec ...}. */
final class ShowIpsecCommands {
    private final IpsecSaTable sas;
    private final IpsecTables tables;
    private final Argument<IpAddress> v4 = Argument.ipv4();
    private final Argument<IpAddress> v6 = Argument.ipv6();
    private final Argument<String> interfaceName = InterfaceNames.argument();
    private final Argument<String> map = Argument.word();
    private final Argument<String> name = Argument.word();

    ShowIpsecCommands(final ControlPlane plane, final Baselines baselines) {
        sas = new IpsecSaTable(plane, baselines);
        tables = new IpsecTables(plane);
    }

    CommandNode command() {
        return CommandNode.group("ipsec", "Show IPSEC policy", sa(),
            CommandNode.command("profile", "Show ipsec profile information", () -> tables.profiles(null),
                CommandNode.argument(name, "Profile name", input -> tables.profiles(input.get(name)))),
            CommandNode.command("security-association", "Show parameters for IPSec security associations", tables::lifetime,
                CommandNode.command("lifetime", "Lifetime", tables::lifetime)),
            CommandNode.printing("spi-lookup", "SPI hash table information", (input, out) -> tables.spiLookup(out, false),
                CommandNode.printing("detail", "With SPIs that are reserved", (input, out) -> tables.spiLookup(out, true))),
            CommandNode.command("transform-set", "Crypto transform sets", () -> tables.transformSets(null),
                CommandNode.argument(name, "Transform set tag", input -> tables.transformSets(input.get(name)))));
    }

    private CommandNode sa() {
        final IpsecSaTable.Style normal = IpsecSaTable.Style.NORMAL;
        return CommandNode.printing("sa", "IPSEC SA table", (input, out) -> sas.print(out, flow -> true, normal),
            CommandNode.printing("address", "IPSEC SA table in (dest) address order", (input, out) -> sas.byAddress(out)),
            CommandNode.command("count", "Show SA counts", sas::count),
            CommandNode.printing("detail", "Show counter detail",
                (input, out) -> sas.print(out, flow -> true, IpsecSaTable.Style.DETAIL)),
            CommandNode.printing("identity", "IPSEC SADB identity tree",
                (input, out) -> sas.print(out, flow -> true, IpsecSaTable.Style.IDENTITY)),
            CommandNode.group("interface", "Show info for specific interface",
                filtered(interfaceName, "Interface", value -> flow -> value.equals(flow.spec().interfaceName()))),
            CommandNode.group("map", "IPSEC SA table for a specific crypto map",
                filtered(map, "Crypto map name", value -> flow -> value.equals(IpsecSaText.tag(flow)))),
            CommandNode.group("peer", "Show all existing SAs with this peer",
                filtered(v4, "IP address of remote peer", value -> flow -> value.equals(flow.policy().peer())),
                filtered(v6, "IPv6 address of remote peer", value -> flow -> value.equals(flow.policy().peer()))));
    }

    /** Which flows a value means. */
    @FunctionalInterface
    private interface Chosen<T> {
        Predicate<Flow> by(T value);
    }

    private <T> CommandNode filtered(final Argument<T> argument, final String help, final Chosen<T> chosen) {
        return CommandNode.printingArgument(argument, help,
            (input, out) -> sas.print(out, chosen.by(input.get(argument)), IpsecSaTable.Style.NORMAL),
            CommandNode.printing("detail", "Show counter detail",
                (input, out) -> sas.print(out, chosen.by(input.get(argument)), IpsecSaTable.Style.DETAIL)));
    }
}
