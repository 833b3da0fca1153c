package org.qfpsim.controlplane.config.text;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.edit.SelectorCommands;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.config.model.LoggingConfig;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.config.model.StaticRoute;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Everything but IKE, IPsec, interfaces and applets. */
final class SystemWriter {
    private SystemWriter() {
    }

    static void begin(final Lines lines, final RouterConfig config) {
        final LoggingConfig logging = config.logging();
        stamps(lines, "debug", logging.debugStamps());
        stamps(lines, "log", logging.logStamps());
        lines.gap();
        lines.add("hostname " + config.hostname());
        lines.gap();
        final LoggingConfig.RateLimit limit = logging.rateLimit();
        if (limit != null) {
            final Integer except = limit.except();
            lines.add("logging rate-limit " + (limit.console() ? "console " : "") + (limit.all() ? "all " : "") + limit.perSecond()
                + (except == null ? "" : " except " + LoggingConfig.SEVERITIES.get(except)));
        }
        buffered(lines, logging.buffered());
        final Integer console = logging.console();
        lines.addIf(console == null, "no logging console");
        if (console != null && console != LoggingConfig.DEBUGGING) {
            lines.add("logging console " + LoggingConfig.SEVERITIES.get(console));
        }
        final Integer monitor = logging.monitor();
        lines.addIf(monitor == null, "no logging monitor");
        if (monitor != null && monitor != LoggingConfig.DEBUGGING) {
            lines.add("logging monitor " + LoggingConfig.SEVERITIES.get(monitor));
        }
        lines.gap();
        access(lines, config.access());
        final LoggingConfig.Zone zone = logging.zone();
        lines.addIf(!zone.equals(LoggingConfig.Zone.UTC), "clock timezone " + zone.name() + " " + zone.hours() + " " + zone.minutes());
        lines.addIf(config.domainName() != null, "ip domain name " + config.domainName());
        config.access().users().forEach(user -> lines.add("username " + user.name() + credentials(lines, user)));
        lines.gap();
    }

    private static String credentials(final Lines lines, final AccessConfig.User user) {
        final Secret password = user.password();
        final HashedSecret secret = user.hash();
        return (user.privilege() == AccessConfig.User.DEFAULT_PRIVILEGE ? "" : " privilege " + user.privilege())
            + (password == null ? "" : " password 0 " + lines.show(password))
            + (secret == null ? "" : " secret " + lines.show(secret));
    }

    private static void stamps(final Lines lines, final String what, final LoggingConfig.@Nullable Timestamps stamps) {
        lines.add(stamps == null ? "no service timestamps " + what : "service timestamps " + what + " datetime"
            + (stamps.millis() ? " msec" : "") + (stamps.localtime() ? " localtime" : ""));
    }

    private static void buffered(final Lines lines, final LoggingConfig.@Nullable Buffer buffer) {
        if (buffer == null) {
            lines.add("no logging buffered");
        } else if (buffer.octets() != LoggingConfig.Buffer.DEFAULT_OCTETS || buffer.severity() != LoggingConfig.DEBUGGING) {
            lines.add("logging buffered " + buffer.octets()
                + (buffer.severity() == LoggingConfig.DEBUGGING ? "" : " " + LoggingConfig.SEVERITIES.get(buffer.severity())));
        }
    }

    private static void access(final Lines lines, final AccessConfig access) {
        if (access.newModel()) {
            lines.add("aaa new-model");
            lines.gap();
            access.loginLists().forEach(list -> lines.add("aaa authentication login " + list + " local"));
            access.authorizationLists().forEach(list -> lines.add("aaa authorization network " + list + " local"));
            lines.gap();
        }
    }

    static void networks(final Lines lines, final RouterConfig config) {
        config.access().pools().forEach(pool -> lines.add("ip local pool " + pool.name() + " " + pool.first()
            + (pool.last().equals(pool.first()) ? "" : " " + pool.last())));
        config.routes().stream().filter(route -> !route.prefix().address().v6()).forEach(route -> lines.add("ip route "
            + route.prefix().address() + " " + Lines.mask(route.prefix().length()) + target(route)));
        lines.gap();
        for (final AccessList list : config.accessLists()) {
            lines.add((list.v6() ? "ipv6 access-list " : "ip access-list extended ") + list.name());
            list.entries().forEach(entry -> lines.sub((list.v6() ? "sequence " : "") + entry.sequence()
                + (entry.permit() ? " permit " : " deny ") + selector(entry.selector())));
            lines.gap();
        }
        config.routes().stream().filter(route -> route.prefix().address().v6())
            .forEach(route -> lines.add("ipv6 route " + Lines.prefix6(route.prefix()) + target(route)));
        lines.gap();
    }

    private static String target(final StaticRoute route) {
        return (route.interfaceName() == null ? "" : " " + route.interfaceName())
            + (route.nextHop() == null ? "" : " " + Lines.address(route.nextHop()))
            + (route.distance() == 1 ? "" : " " + route.distance());
    }

    static String selector(final TrafficSelector selector) {
        final boolean v6 = selector.source().address().v6();
        final String protocol = selector.protocol() == TrafficSelector.ANY_PROTOCOL ? v6 ? "ipv6" : "ip"
            : SelectorCommands.PROTOCOLS.getOrDefault(selector.protocol(), String.valueOf(selector.protocol()));
        return protocol + " " + side(selector.source()) + ports(selector.sourcePortLow(), selector.sourcePortHigh())
            + " " + side(selector.destination()) + ports(selector.destinationPortLow(), selector.destinationPortHigh());
    }

    private static String side(final IpPrefix prefix) {
        if (prefix.length() == 0) {
            return "any";
        }
        if (prefix.length() == prefix.address().bits()) {
            return "host " + Lines.address(prefix.address());
        }
        return prefix.address().v6() ? Lines.prefix6(prefix) : prefix.address() + " " + Lines.wildcard(prefix.length());
    }

    private static String ports(final int low, final int high) {
        return low == 0 && high == 65_535 ? "" : low == high ? " eq " + low : " range " + low + " " + high;
    }

    static void logging(final Lines lines, final LoggingConfig logging) {
        lines.addIf(logging.trap() != LoggingConfig.INFORMATIONAL, "logging trap " + LoggingConfig.SEVERITIES.get(logging.trap()));
        logging.hosts().forEach(host -> lines.add("logging host " + host.address()
            + (host.port() == LoggingConfig.Host.DEFAULT_PORT ? "" : " transport udp port " + host.port())));
        lines.gap();
    }

    static void platform(final Lines lines, final PlatformConfig platform) {
        new TreeMap<>(platform.dropThresholds())
            .forEach((id, rate) -> lines.add("platform qfp drops threshold per-cause " + id + " " + rate));
        lines.addIf(platform.totalThreshold() != null, "platform qfp drops threshold total " + platform.totalThreshold());
        new TreeMap<>(platform.punt()).forEach((cause, rate) -> lines.add("platform punt-policer " + cause.id() + " " + rate));
        new TreeMap<>(platform.puntHigh())
            .forEach((cause, rate) -> lines.add("platform punt-policer " + cause.id() + " " + rate + " high"));
        lines.gap();
    }

    static void simulator(final Lines lines, final SimulatorConfig simulator) {
        final SimulatorConfig normal = SimulatorConfig.DEFAULT;
        lines.addIf(!simulator.release().equals(normal.release()), "qfp-sim release " + simulator.release());
        lines.addIf(simulator.platform() != normal.platform(), "qfp-sim platform " + simulator.platform().key());
        simulator.bugs().stream().sorted().forEach(bug -> lines.add("qfp-sim bug " + bug.id()));
        lines.addIf(simulator.initialContact(), "qfp-sim initial-contact");
        lines.addIf(simulator.restoreSas(), "qfp-sim restore-sas");
        lines.addIf(simulator.invalidSpiLog() == SimulatorConfig.InvalidSpiLog.GLOBAL, "qfp-sim invalid-spi-log global");
        lines.addIf(simulator.recoveryLimit() != normal.recoveryLimit(), "qfp-sim recovery-limit " + simulator.recoveryLimit());
        lines.addIf(simulator.syslogFormat() == SimulatorConfig.SyslogFormat.RFC5424, "qfp-sim syslog-format rfc5424");
        lines.gap();
    }
}
