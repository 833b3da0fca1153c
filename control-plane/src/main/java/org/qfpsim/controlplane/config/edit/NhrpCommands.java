package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** NHRP on a tunnel. */
final class NhrpCommands {
    private static final Argument<Long> NETWORK = Argument.number(1, 4_294_967_295L);
    private static final Argument<String> AUTHENTICATION = Argument.of("WORD", String.class, text -> text.length() > 8 ? null : text);
    private static final Argument<Long> HOLDTIME = Argument.number(1, 65_535);
    private static final Argument<Long> TIMEOUT = Argument.number(1, 65_535);
    private static final Argument<IpAddress> PROTOCOL = Argument.ipv4();
    private static final Argument<IpAddress> NBMA = Argument.ipv4();

    private NhrpCommands() {
    }

    /** NHRP of one tunnel as far as it has been told. */
    static final class Draft {
        private long networkId;
        private @Nullable Secret authentication;
        private int holdtime = NhrpConfig.DEFAULT_HOLDTIME;
        private int registrationTimeout;
        private final Map<IpAddress, NhrpConfig.Mapping> maps = new LinkedHashMap<>();
        private final List<NhrpConfig.Server> servers = new ArrayList<>();

        NhrpConfig build() {
            return new NhrpConfig(networkId, authentication, holdtime, registrationTimeout, List.copyOf(maps.values()), servers);
        }

        private void server(final NhrpConfig.Server server) {
            servers.removeIf(each -> each.protocol().equals(server.protocol()));
            servers.add(server);
        }
    }

    static void register(final Branch root, final Supplier<Draft> current) {
        final Branch nhrp = root.on("ip", "Interface Internet Protocol config commands").on("nhrp", "NHRP interface subcommands");
        nhrp.on("network-id", "NBMA network identifier").undo(in -> current.get().networkId = 0)
            .arg(NETWORK, "Network identifier").does(in -> current.get().networkId = in.get(NETWORK));
        nhrp.on("authentication", "Authentication string").undo(in -> current.get().authentication = null)
            .arg(AUTHENTICATION, "Authentication string, up to 8 characters")
            .does(in -> current.get().authentication = Arguments.secret(in, AUTHENTICATION));
        nhrp.on("holdtime", "Advertised holdtime").undo(in -> current.get().holdtime = NhrpConfig.DEFAULT_HOLDTIME)
            .arg(HOLDTIME, "Number of seconds").does(in -> current.get().holdtime = Arguments.integer(in, HOLDTIME));
        nhrp.on("registration", "Settings for registrations").on("timeout", "Time between registrations")
            .undo(in -> current.get().registrationTimeout = 0)
            .arg(TIMEOUT, "Number of seconds").does(in -> current.get().registrationTimeout = Arguments.integer(in, TIMEOUT));
        maps(nhrp.on("map", "Map dest IP addresses to NBMA addresses"), current);
        final Branch server = nhrp.on("nhs", "Specify a next hop server").arg(PROTOCOL, "IP address of the server")
            .does(in -> current.get().server(new NhrpConfig.Server(in.get(PROTOCOL), null)))
            .undo(in -> current.get().servers.removeIf(each -> each.protocol().equals(in.get(PROTOCOL))));
        server.on("nbma", "NBMA address of the server").arg(NBMA, "IP NBMA address")
            .does(in -> current.get().server(new NhrpConfig.Server(in.get(PROTOCOL), in.get(NBMA))));
    }

    private static void maps(final Branch map, final Supplier<Draft> current) {
        map.arg(PROTOCOL, "IP address of destination").arg(NBMA, "IP NBMA address")
            .does(in -> current.get().maps.put(in.get(PROTOCOL), new NhrpConfig.Mapping(in.get(PROTOCOL), in.get(NBMA))))
            .undo(in -> current.get().maps.remove(in.get(PROTOCOL), new NhrpConfig.Mapping(in.get(PROTOCOL), in.get(NBMA))));
    }
}
