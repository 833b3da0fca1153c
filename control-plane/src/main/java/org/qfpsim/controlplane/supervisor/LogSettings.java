package org.qfpsim.controlplane.supervisor;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.LoggingConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.syslog.RemoteHost;
import org.qfpsim.controlplane.syslog.Severity;
import org.qfpsim.controlplane.syslog.SyslogSettings;
import org.qfpsim.controlplane.syslog.TimestampFormat;

/** What a configuration says to the log. */
final class LogSettings {
    private static final TimestampFormat NO_STAMPS = new TimestampFormat(TimestampFormat.Kind.NONE, false, false, false, false);

    private LogSettings() {
    }

    static SyslogSettings of(final RouterConfig config) {
        final LoggingConfig logging = config.logging();
        final LoggingConfig.Buffer buffer = logging.buffered();
        final LoggingConfig.RateLimit limit = logging.rateLimit();
        final RemoteHost.Format format = config.simulator().syslogFormat() == SimulatorConfig.SyslogFormat.RFC3164
            ? RemoteHost.Format.RFC3164 : RemoteHost.Format.RFC5424;
        return new SyslogSettings(config.hostname(), stamps(logging.logStamps()), stamps(logging.debugStamps()),
            buffer == null ? 0 : buffer.octets(), Severity.of(buffer == null ? LoggingConfig.DEBUGGING : buffer.severity()),
            severity(logging.console()), severity(logging.monitor()), Severity.of(logging.trap()),
            limit == null ? SyslogSettings.RateLimit.OFF : of(limit),
            logging.hosts().stream().map(host -> new RemoteHost(host.address(), host.port(), format)).toList());
    }

    private static SyslogSettings.RateLimit of(final LoggingConfig.RateLimit limit) {
        return new SyslogSettings.RateLimit(limit.perSecond(), limit.all(), limit.console(), severity(limit.except()));
    }

    private static @Nullable Severity severity(final @Nullable Integer number) {
        return number == null ? null : Severity.of(number);
    }

    private static TimestampFormat stamps(final LoggingConfig.@Nullable Timestamps stamps) {
        return stamps == null ? NO_STAMPS
            : new TimestampFormat(TimestampFormat.Kind.DATETIME, stamps.millis(), stamps.localtime(), false, false);
    }

    static ZoneId zone(final RouterConfig config) {
        final LoggingConfig.Zone zone = config.logging().zone();
        return ZoneOffset.ofHoursMinutes(zone.hours(), zone.hours() < 0 ? -zone.minutes() : zone.minutes());
    }
}
