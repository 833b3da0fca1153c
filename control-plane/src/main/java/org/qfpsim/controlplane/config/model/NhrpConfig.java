package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * NHRP on a tunnel (RFC 2332).
 *
 * @param networkId           1 to 4294967295; 0: NHRP is off.
 * @param authentication      of NHRP packets, or null.
 * @param holdtime            seconds that others may keep what we tell them: 600 unless set.
 * @param registrationTimeout seconds between registrations; 0: a third of the hold time.
 * @param maps                static mappings.
 * @param servers             next hop servers.
 */
public record NhrpConfig(long networkId, @Nullable Secret authentication, int holdtime, int registrationTimeout, List<Mapping> maps,
                         List<Server> servers) {
    /** Seconds unless set. */
    public static final int DEFAULT_HOLDTIME = 600;
    /** No NHRP. */
    public static final NhrpConfig OFF = new NhrpConfig(0, null, DEFAULT_HOLDTIME, 0, List.of(), List.of());

    /**
     * A static mapping.
     *
     * @param protocol address inside the tunnel.
     * @param nbma     address outside.
     */
    public record Mapping(IpAddress protocol, IpAddress nbma) {
    }

    /**
     * A next hop server.
     *
     * @param protocol its address inside the tunnel.
     * @param nbma     its address outside if the same line says so; null: a mapping says it.
     */
    public record Server(IpAddress protocol, @Nullable IpAddress nbma) {
    }

    /** Copies the lists. */
    public NhrpConfig {
        maps = List.copyOf(maps);
        servers = List.copyOf(servers);
    }
}
