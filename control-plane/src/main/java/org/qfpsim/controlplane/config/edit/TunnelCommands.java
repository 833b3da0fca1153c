package org.qfpsim.controlplane.config.edit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.packet.IpAddress;

/** What only tunnels have. */
final class TunnelCommands {
    private static final Argument<IpAddress> SOURCE = Argument.ipv4();
    private static final Argument<IpAddress> SOURCE6 = Argument.ipv6();
    private static final Argument<String> SOURCE_INTERFACE = Arguments.interfaceName(false);
    private static final Argument<IpAddress> DESTINATION = Argument.ipv4();
    private static final Argument<IpAddress> DESTINATION6 = Argument.ipv6();
    private static final Argument<Long> KEY = Argument.number(0, 4_294_967_295L);
    private static final Argument<String> PROFILE = Argument.word();
    private static final Argument<String> IKEV2_PROFILE = Argument.word();

    private TunnelCommands() {
    }

    /** A tunnel as far as it has been told. */
    static final class Draft {
        private TunnelConfig.Mode mode = TunnelConfig.Mode.GRE_IP;
        private @Nullable IpAddress source;
        private @Nullable String sourceInterface;
        private @Nullable IpAddress destination;
        private @Nullable Long key;
        private TunnelConfig.@Nullable Protection protection;

        TunnelConfig build() {
            return new TunnelConfig(mode, source, sourceInterface, destination, key, protection);
        }

        private void source(final @Nullable IpAddress address, final @Nullable String name) {
            source = address;
            sourceInterface = name;
        }
    }

    static void register(final Branch root, final Supplier<Draft> current) {
        final Branch tunnel = root.on("tunnel", "Protocol-over-protocol tunneling");
        final Branch source = tunnel.on("source", "Source of tunnel packets").undo(in -> current.get().source(null, null));
        source.arg(SOURCE, "IP address").does(in -> current.get().source(in.get(SOURCE), null));
        source.arg(SOURCE6, "IPv6 address").does(in -> current.get().source(in.get(SOURCE6), null));
        source.arg(SOURCE_INTERFACE, "Interface").does(in -> current.get().source(null, in.get(SOURCE_INTERFACE)));
        final Branch destination = tunnel.on("destination", "Destination of tunnel").undo(in -> current.get().destination = null);
        destination.arg(DESTINATION, "IP address").does(in -> current.get().destination = in.get(DESTINATION));
        destination.arg(DESTINATION6, "IPv6 address").does(in -> current.get().destination = in.get(DESTINATION6));
        tunnel.on("key", "Security or selector key").undo(in -> current.get().key = null)
            .arg(KEY, "Key").does(in -> current.get().key = in.get(KEY));
        mode(tunnel, current);
        tunnel.on("protection", "Enable tunnel protection").on("ipsec", "Use ipsec to protect this tunnel interface")
            .undo(in -> current.get().protection = null)
            .on("profile", "Determine the ipsec policy profile to use").arg(PROFILE, "Ipsec policy profile name")
            .does(in -> current.get().protection =
                new TunnelConfig.Protection(in.get(PROFILE), in.find(IKEV2_PROFILE).orElse(null)))
            .options(new Branch.Option("ikev2-profile", "IKEv2 profile", IKEV2_PROFILE, "Name of the IKEv2 profile"));
    }

    private static void mode(final Branch tunnel, final Supplier<Draft> current) {
        final Branch mode = tunnel.on("mode", "Tunnel encapsulation method").undo(in -> current.get().mode = TunnelConfig.Mode.GRE_IP);
        for (final TunnelConfig.Mode each : TunnelConfig.Mode.values()) {
            final String[] words = each.words().split(" ", -1);
            mode.on(words[0], each.gre() ? "Generic route encapsulation protocol" : "IPSec tunnel encapsulation")
                .on(words[1], switch (each) {
                    case GRE_IP -> "Over IP";
                    case GRE_MULTIPOINT -> "Over IP (multipoint)";
                    case IPSEC_IPV4 -> "Over IPv4";
                    case IPSEC_IPV6 -> "Over IPv6";
                }).does(in -> current.get().mode = each);
        }
    }
}
