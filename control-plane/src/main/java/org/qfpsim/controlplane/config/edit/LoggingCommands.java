package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Branch.Option;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.LoggingConfig;
import org.qfpsim.controlplane.config.model.LoggingConfig.Buffer;
import org.qfpsim.controlplane.config.model.LoggingConfig.Host;
import org.qfpsim.controlplane.config.model.LoggingConfig.RateLimit;
import org.qfpsim.controlplane.config.model.LoggingConfig.Timestamps;
import org.qfpsim.controlplane.config.model.LoggingConfig.Zone;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code service timestamps}, {@code clock timezone} and {@code logging}. */
final class LoggingCommands {
    private static final Argument<String> ZONE = Argument.of("WORD", String.class, text -> text.matches("[A-Za-z]{1,7}") ? text : null);
    private static final Argument<Long> HOURS = Argument.number(-23, 23);
    private static final Argument<Long> MINUTES = Argument.number(0, 59);
    private static final Argument<Long> OCTETS = Argument.number(4096, 2_147_483_647);
    private static final Argument<Long> SEVERITY = Argument.number(0, 7);
    private static final Argument<IpAddress> HOST = Argument.ipv4();
    private static final Argument<Long> PORT = Argument.number(1, 65_535);
    private static final Argument<Long> RATE = Argument.number(1, 10_000);
    /** What an IOS XE router has from the start. */
    private static final Timestamps STAMPS = new Timestamps(true, false);
    private static final Buffer BUFFER = new Buffer(Buffer.DEFAULT_OCTETS, LoggingConfig.DEBUGGING);

    private @Nullable Timestamps logStamps = STAMPS;
    private @Nullable Timestamps debugStamps = STAMPS;
    private Zone zone = Zone.UTC;
    private @Nullable Buffer buffered = BUFFER;
    private @Nullable Integer console = LoggingConfig.DEBUGGING;
    private @Nullable Integer monitor = LoggingConfig.DEBUGGING;
    private int trap = LoggingConfig.INFORMATIONAL;
    private final List<Host> hosts = new ArrayList<>();
    private @Nullable RateLimit rateLimit;

    LoggingCommands(final Mode global) {
        final Branch root = global.commands();
        final Branch timestamps = root.on("service", "Modify use of network based services")
            .on("timestamps", "Timestamp debug/log messages");
        stamps(timestamps.on("debug", "Timestamp debug messages"), value -> debugStamps = value);
        stamps(timestamps.on("log", "Timestamp log messages"), value -> logStamps = value);
        final Branch hours = root.on("clock", "Configure time-of-day clock").on("timezone", "Configure time zone")
            .undo(in -> zone = Zone.UTC).arg(ZONE, "name of time zone").arg(HOURS, "Hours offset from UTC").does(this::zone);
        hours.arg(MINUTES, "Minutes offset from UTC").does(this::zone);
        final Branch logging = root.on("logging", "Modify message logging facilities");
        buffered(logging);
        severities(logging.on("console", "Set console logging parameters").does(in -> console = LoggingConfig.DEBUGGING)
            .undo(in -> console = null).reset(in -> console = LoggingConfig.DEBUGGING), (in, severity) -> console = severity);
        severities(logging.on("monitor", "Set terminal line (monitor) logging parameters").does(in -> monitor = LoggingConfig.DEBUGGING)
            .undo(in -> monitor = null).reset(in -> monitor = LoggingConfig.DEBUGGING), (in, severity) -> monitor = severity);
        severities(logging.on("trap", "Set syslog server logging level").reset(in -> trap = LoggingConfig.INFORMATIONAL),
            (in, severity) -> trap = severity);
        hosts(logging.on("host", "Set syslog server IP address and parameters").arg(HOST, "IP address of the syslog server"));
        rateLimit(logging.on("rate-limit", "Set messages per second limit"));
    }

    private static void stamps(final Branch at, final Consumer<@Nullable Timestamps> setter) {
        at.undo(in -> setter.accept(null)).reset(in -> setter.accept(STAMPS));
        at.on("datetime", "Timestamp with date and time").does(in -> setter.accept(new Timestamps(in.has("msec"), in.has("localtime"))))
            .options(Option.of("msec", "Include milliseconds in timestamp"),
                Option.of("localtime", "Use local time zone for timestamps"));
    }

    private void zone(final Input input) {
        zone = new Zone(input.get(ZONE), Arguments.integer(input, HOURS), Arguments.integer(input, MINUTES, 0));
    }

    private void buffered(final Branch logging) {
        final Branch at = logging.on("buffered", "Set buffered logging parameters").does(in -> buffered = BUFFER)
            .undo(in -> buffered = null).reset(in -> buffered = BUFFER);
        final ObjIntConsumer<Input> set = (input, severity) ->
            buffered = new Buffer(Arguments.integer(input, OCTETS, Buffer.DEFAULT_OCTETS), severity);
        severities(at, set);
        severities(at.arg(OCTETS, "Logging buffer size").does(in -> set.accept(in, LoggingConfig.DEBUGGING)), set);
    }

    /** A severity by name or number. */
    private static void severities(final Branch at, final ObjIntConsumer<Input> setter) {
        for (int i = 0; i < LoggingConfig.SEVERITIES.size(); i++) {
            final int severity = i;
            at.on(LoggingConfig.SEVERITIES.get(i), "Severity " + i).does(in -> setter.accept(in, severity));
        }
        at.arg(SEVERITY, "Logging severity level").does(in -> setter.accept(in, Arguments.integer(in, SEVERITY)));
    }

    private void hosts(final Branch host) {
        host.does(this::addHost).undo(in -> hosts.removeIf(each -> each.address().equals(in.get(HOST))));
        host.on("transport", "Specify the transport protocol").on("udp", "User Datagram Protocol").does(this::addHost)
            .on("port", "Specify the UDP port number").arg(PORT, "Port number").does(this::addHost);
    }

    private void addHost(final Input input) {
        final IpAddress address = input.get(HOST);
        hosts.removeIf(each -> each.address().equals(address));
        hosts.add(new Host(address, Arguments.integer(input, PORT, Host.DEFAULT_PORT)));
    }

    private void rateLimit(final Branch at) {
        at.undo(in -> rateLimit = null);
        rate(at);
        rate(at.on("all", "All messages, debug messages included"));
        final Branch onConsole = at.on("console", "Only messages to the console");
        rate(onConsole);
        rate(onConsole.on("all", "All messages, debug messages included"));
    }

    private void rate(final Branch at) {
        final Branch rate = at.arg(RATE, "Messages per second").does(in -> limit(in, null));
        severities(rate.on("except", "Messages of this severity or higher are not held back"), this::limit);
    }

    private void limit(final Input input, final @Nullable Integer except) {
        rateLimit = new RateLimit(Arguments.integer(input, RATE), input.has("all"), input.has("console"), except);
    }

    LoggingConfig build() {
        return new LoggingConfig(logStamps, debugStamps, zone, buffered, console, monitor, trap, hosts, rateLimit);
    }
}
