package org.qfpsim.controlplane.syslog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about the log.
 *
 * @param hostname       the router's name.
 * @param log            time stamps of system messages.
 * @param debug          time stamps of debug lines.
 * @param bufferOctets   {@code logging buffered SIZE}; 0 is off.
 * @param bufferSeverity the least bad that the buffer takes.
 * @param console        the least bad that the console shows ({@code logging console}); null: none.
 * @param monitor        the least bad that terminals show ({@code logging monitor}); null: none.
 * @param trapSeverity   the least bad that servers get ({@code logging trap}).
 * @param rateLimit      {@code logging rate-limit}.
 * @param hosts          servers.
 */
public record SyslogSettings(String hostname, TimestampFormat log, TimestampFormat debug, int bufferOctets, Severity bufferSeverity,
                             @Nullable Severity console, @Nullable Severity monitor, Severity trapSeverity, RateLimit rateLimit,
                             List<RemoteHost> hosts) {
    /** A router without a line about its log: 4,096 octets, everything; servers get no debug lines. */
    public static final SyslogSettings DEFAULTS = new SyslogSettings("Router", TimestampFormat.DATETIME_MSEC, TimestampFormat.DATETIME_MSEC,
        4096, Severity.DEBUGGING, Severity.DEBUGGING, Severity.DEBUGGING, Severity.INFORMATIONAL, RateLimit.OFF, List.of());

    /**
     * How many lines there may be.
     *
     * @param perSecond   lines a second; 0 is off.
     * @param debugs      whether debug lines are limited, too ({@code all}); otherwise they neither count nor are held back.
     * @param consoleOnly whether only the console is spared ({@code console}); otherwise a line that is too much is nowhere.
     * @param exempt      lines of this severity and worse are not limited ({@code except}); null if all are.
     */
    public record RateLimit(int perSecond, boolean debugs, boolean consoleOnly, @Nullable Severity exempt) {
        /** No limit. */
        public static final RateLimit OFF = new RateLimit(0, false, false, null);

        boolean holds(final LogLine line) {
            return perSecond > 0 && (debugs || !line.debug()) && (exempt == null || line.severity().compareTo(exempt) > 0);
        }
    }

    /** Copies the list, checks ranges. */
    public SyslogSettings {
        hosts = List.copyOf(hosts);
        if (bufferOctets < 0 || rateLimit.perSecond() < 0) {
            throw new IllegalArgumentException("buffer of " + bufferOctets + " octets and rate limit " + rateLimit.perSecond()
                + ": less than 0");
        }
    }
}
