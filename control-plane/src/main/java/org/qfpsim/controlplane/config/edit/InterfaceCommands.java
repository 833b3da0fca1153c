package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** Interfaces: addresses, sizes, crypto maps; what is special to tunnels is in {@link TunnelCommands} and {@link NhrpCommands}. */
final class InterfaceCommands {
    private static final Argument<String> NAME = Arguments.interfaceName(false);
    private static final Argument<String> TEXT = Argument.line();
    private static final Argument<IpAddress> ADDRESS = Argument.ipv4();
    private static final Argument<IpAddress> MASK = Argument.ipv4();
    private static final Argument<String> ADDRESS6 = Argument.of("X:X:X:X::X/<0-128>", String.class,
        text -> text.matches("[^/]+/[0-9]{1,3}") && isPrefix6(text) ? text : null);
    private static final Argument<Long> MTU = Argument.number(64, 9216);
    private static final Argument<Long> IP_MTU = Argument.number(68, 9216);
    private static final Argument<String> MAP = Argument.word();
    private static final Argument<String> EZVPN = Argument.word();
    private static final Comparator<InterfaceConfig> ORDER = Comparator
        .comparingInt((InterfaceConfig each) -> each.kind().physical() ? 2 : each.kind().ordinal())
        .thenComparing(each -> numbers(each.number()), Arrays::compare).thenComparing(InterfaceConfig::kind);

    private final Map<String, Draft> interfaces = new LinkedHashMap<>();
    private Draft current = new Draft("Loopback0");

    /** An interface as far as it has been told. */
    static final class Draft {
        private final String name;
        private @Nullable String description;
        private final List<InterfaceConfig.Address> ipv4 = new ArrayList<>();
        private final List<InterfaceConfig.Address> ipv6 = new ArrayList<>();
        private int mtu = InterfaceConfig.DEFAULT_MTU;
        private @Nullable Integer ipMtu;
        private boolean shutdown;
        private @Nullable String cryptoMap;
        private IpsecConfig.@Nullable DfBit dfBit;
        private IpsecConfig.@Nullable Fragmentation fragmentation;
        private final List<InterfaceConfig.EzvpnAttachment> ezvpn = new ArrayList<>();
        final TunnelCommands.Draft tunnel = new TunnelCommands.Draft();
        final NhrpCommands.Draft nhrp = new NhrpCommands.Draft();

        Draft(final String name) {
            this.name = name;
        }

        private InterfaceConfig build() {
            final boolean isTunnel = name.startsWith(InterfaceConfig.Kind.TUNNEL.label());
            return new InterfaceConfig(name, description, ipv4, ipv6, mtu, ipMtu, shutdown, cryptoMap, dfBit, fragmentation, ezvpn,
                isTunnel ? tunnel.build() : null, nhrp.build());
        }
    }

    InterfaceCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-if)", global);
        final Mode tunnelMode = Mode.of("(config-if)", global);
        global.commands().on("interface", "Select an interface to configure").arg(NAME, "Interface name")
            .does(input -> {
                current = interfaces.computeIfAbsent(input.get(NAME), Draft::new);
                stack.enter(current.name.startsWith(InterfaceConfig.Kind.TUNNEL.label()) ? tunnelMode : mode);
            })
            .undo(input -> interfaces.remove(input.get(NAME)));
        common(mode.commands());
        mode.commands().on("mtu", "Set the interface Maximum Transmission Unit (MTU)").undo(in -> current.mtu = InterfaceConfig.DEFAULT_MTU)
            .arg(MTU, "MTU size in bytes").does(in -> current.mtu = Arguments.integer(in, MTU));
        common(tunnelMode.commands());
        TunnelCommands.register(tunnelMode.commands(), () -> current.tunnel);
        NhrpCommands.register(tunnelMode.commands(), () -> current.nhrp);
    }

    private void common(final Branch root) {
        root.on("description", "Interface specific description").undo(in -> current.description = null)
            .arg(TEXT, "Up to 200 characters describing this interface").does(in -> current.description = in.get(TEXT));
        root.on("shutdown", "Shutdown the selected interface").does(in -> current.shutdown = true).undo(in -> current.shutdown = false);
        final Branch ip = root.on("ip", "Interface Internet Protocol config commands");
        ip.on("address", "Set the IP address of an interface").undo(in -> current.ipv4.clear())
            .arg(ADDRESS, "IP address").arg(MASK, "IP subnet mask").does(this::address).undo(this::noAddress)
            .options(Branch.Option.of("secondary", "Make this IP address a secondary address"));
        ip.on("mtu", "Set IP Maximum Transmission Unit").undo(in -> current.ipMtu = null)
            .arg(IP_MTU, "MTU (bytes)").does(in -> current.ipMtu = Arguments.integer(in, IP_MTU));
        root.on("ipv6", "IPv6 interface subcommands").on("address", "Configure IPv6 address on interface")
            .undo(in -> current.ipv6.clear()).arg(ADDRESS6, "IPv6 prefix").does(this::address6)
            .undo(in -> current.ipv6.remove(address6Of(in)));
        final Branch crypto = root.on("crypto", "Encryption/Decryption commands");
        crypto.on("map", "Assign a Crypto Map").undo(in -> current.cryptoMap = null)
            .arg(MAP, "Crypto Map tag").does(in -> current.cryptoMap = in.get(MAP));
        final Branch ipsec = crypto.on("ipsec", "Set IPSec parameters");
        IpsecCommands.dfBit(ipsec, value -> current.dfBit = value);
        IpsecCommands.fragmentation(ipsec, value -> current.fragmentation = value);
        ipsec.on("client", "Configure a client").on("ezvpn", "Easy VPN client")
            .arg(EZVPN, "Name of the client").does(in -> attach(in.get(EZVPN), in.has("inside")))
            .undo(in -> current.ezvpn.removeIf(each -> each.client().equals(in.get(EZVPN))))
            .options(Branch.Option.of("inside", "Network behind this router"), Branch.Option.of("outside", "Towards the server"));
    }

    private void attach(final String client, final boolean inside) {
        current.ezvpn.removeIf(each -> each.client().equals(client));
        current.ezvpn.add(new InterfaceConfig.EzvpnAttachment(client, inside));
    }

    private static InterfaceConfig.Address addressOf(final Input input) throws CommandRefusal {
        final IpAddress address = input.get(ADDRESS);
        return new InterfaceConfig.Address(address, Arguments.maskLength(address, input.get(MASK)));
    }

    private void address(final Input input) throws CommandRefusal {
        final InterfaceConfig.Address address = addressOf(input);
        if (input.has("secondary")) {
            if (current.ipv4.isEmpty()) {
                throw CommandRefusal.because("Cannot add a secondary address before the primary one");
            }
            if (!current.ipv4.contains(address)) {
                current.ipv4.add(address);
            }
            return;
        }
        if (!current.ipv4.isEmpty()) {
            current.ipv4.removeFirst();
        }
        current.ipv4.remove(address);
        current.ipv4.addFirst(address);
    }

    private void noAddress(final Input input) throws CommandRefusal {
        final InterfaceConfig.Address address = addressOf(input);
        if (current.ipv4.size() > 1 && current.ipv4.getFirst().equals(address)) {
            throw CommandRefusal.because("Must delete secondary before primary");
        }
        current.ipv4.remove(address);
    }

    private static boolean isPrefix6(final String text) {
        try {
            return IpPrefix.parse(text).address().v6();
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static InterfaceConfig.Address address6Of(final Input input) {
        final String text = input.get(ADDRESS6);
        final int slash = text.indexOf('/');
        return new InterfaceConfig.Address(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    private void address6(final Input input) {
        final InterfaceConfig.Address address = address6Of(input);
        if (!current.ipv6.contains(address)) {
            current.ipv6.add(address);
        }
    }

    private static int[] numbers(final String number) {
        return Arrays.stream(number.split("/", -1)).mapToInt(Integer::parseInt).toArray();
    }

    List<InterfaceConfig> build() {
        return interfaces.values().stream().map(Draft::build).sorted(ORDER).toList();
    }
}
