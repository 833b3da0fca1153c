package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * System messages: how they look and where they go. Severities are 0 (emergencies) to 7 (debugging): a place gets those up to its own.
 *
 * @param logStamps   {@code service timestamps log}, or null: no time stamps.
 * @param debugStamps {@code service timestamps debug}, or null.
 * @param zone        {@code clock timezone}.
 * @param buffered    the buffer, or null: off.
 * @param console     severity of the console, or null: off.
 * @param monitor     severity of terminals that monitor, or null: off.
 * @param trap        severity of the hosts.
 * @param hosts       syslog servers.
 * @param rateLimit   or null: no limit.
 */
public record LoggingConfig(@Nullable Timestamps logStamps, @Nullable Timestamps debugStamps, Zone zone, @Nullable Buffer buffered,
                            @Nullable Integer console, @Nullable Integer monitor, int trap, List<Host> hosts,
                            @Nullable RateLimit rateLimit) {
    /** Names of the severities, 0 first. */
    public static final List<String> SEVERITIES =
        List.of("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging");
    /** Severity of a message that everything prints. */
    public static final int DEBUGGING = 7;
    /** Severity of the hosts unless set. */
    public static final int INFORMATIONAL = 6;

    /**
     * {@code service timestamps ... datetime}.
     *
     * @param millis    whether milliseconds are printed.
     * @param localtime whether the time is the zone's; otherwise UTC.
     */
    public record Timestamps(boolean millis, boolean localtime) {
    }

    /**
     * {@code clock timezone}.
     *
     * @param name    such as {@code CET}.
     * @param hours   from UTC, -23 to 23.
     * @param minutes beyond the hours, 0 to 59.
     */
    public record Zone(String name, int hours, int minutes) {
        /** Unless set. */
        public static final Zone UTC = new Zone("UTC", 0, 0);
    }

    /**
     * {@code logging buffered}.
     *
     * @param octets   4096 to 2147483647.
     * @param severity of the messages that it keeps.
     */
    public record Buffer(int octets, int severity) {
        /** Octets unless set. */
        public static final int DEFAULT_OCTETS = 4096;
    }

    /**
     * {@code logging host}.
     *
     * @param address of the server.
     * @param port    UDP port: 514 unless set.
     */
    public record Host(IpAddress address, int port) {
        /** Unless set. */
        public static final int DEFAULT_PORT = 514;
    }

    /**
     * {@code logging rate-limit}: messages a second.
     *
     * @param perSecond 1 to 10000.
     * @param all       whether debug lines count, too.
     * @param console   whether only the console is limited.
     * @param except    severity up to which messages are never held back, or null.
     */
    public record RateLimit(int perSecond, boolean all, boolean console, @Nullable Integer except) {
    }

    /** Copies the list. */
    public LoggingConfig {
        hosts = List.copyOf(hosts);
    }
}
