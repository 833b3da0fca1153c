package org.qfpsim.controlplane.config.edit;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;

/** {@code qfp-sim}: settings of ours that no router has. */
final class SimulatorCommands {
    private static final Argument<Release> RELEASE = Argument.of("RELEASE", Release.class, SimulatorCommands::release);
    private static final Argument<Long> LIMIT = Argument.number(1, 10_000);

    private Release release = SimulatorConfig.DEFAULT.release();
    private PlatformProfile platform = SimulatorConfig.DEFAULT.platform();
    private final Set<SimulatorConfig.Bug> bugs = EnumSet.noneOf(SimulatorConfig.Bug.class);
    private boolean initialContact;
    private boolean restoreSas;
    private SimulatorConfig.InvalidSpiLog invalidSpiLog = SimulatorConfig.DEFAULT.invalidSpiLog();
    private int recoveryLimit = SimulatorConfig.DEFAULT_RECOVERY_LIMIT;
    private SimulatorConfig.SyslogFormat syslogFormat = SimulatorConfig.DEFAULT.syslogFormat();

    SimulatorCommands(final Mode global) {
        final Branch sim = global.commands().on("qfp-sim", "Settings of the simulator");
        sim.on("release", "IOS XE release that the router runs").undo(in -> release = SimulatorConfig.DEFAULT.release())
            .arg(RELEASE, "Such as 3.7 or 17.13").does(in -> release = in.get(RELEASE));
        final Branch hardware = sim.on("platform", "Hardware").undo(in -> platform = SimulatorConfig.DEFAULT.platform());
        Arrays.stream(PlatformProfile.values())
            .forEach(each -> hardware.on(each.key(), each.description()).does(in -> platform = each));
        final Branch bug = sim.on("bug", "A bug of the platform that is in");
        Arrays.stream(SimulatorConfig.Bug.values())
            .forEach(each -> bug.on(each.id(), each.title()).does(in -> bugs.add(each)).undo(in -> bugs.remove(each)));
        sim.on("initial-contact", "Recovery of invalid SPIs sends INITIAL_CONTACT and Quick Mode at once")
            .does(in -> initialContact = true).undo(in -> initialContact = false);
        sim.on("restore-sas", "SAs come back from the database after a restart")
            .does(in -> restoreSas = true).undo(in -> restoreSas = false);
        final Branch log = sim.on("invalid-spi-log", "How messages about invalid SPIs are held back")
            .undo(in -> invalidSpiLog = SimulatorConfig.DEFAULT.invalidSpiLog());
        log.on("global", "One a minute").does(in -> invalidSpiLog = SimulatorConfig.InvalidSpiLog.GLOBAL);
        log.on("per-flow", "One a minute for each source, destination and SPI")
            .does(in -> invalidSpiLog = SimulatorConfig.InvalidSpiLog.PER_FLOW);
        sim.on("recovery-limit", "IKE exchanges of recovery in negotiation at most")
            .undo(in -> recoveryLimit = SimulatorConfig.DEFAULT_RECOVERY_LIMIT)
            .arg(LIMIT, "Number of exchanges").does(in -> recoveryLimit = Arguments.integer(in, LIMIT));
        final Branch format = sim.on("syslog-format", "How messages to syslog servers look")
            .undo(in -> syslogFormat = SimulatorConfig.DEFAULT.syslogFormat());
        format.on("rfc3164", "BSD syslog").does(in -> syslogFormat = SimulatorConfig.SyslogFormat.RFC3164);
        format.on("rfc5424", "The newer standard").does(in -> syslogFormat = SimulatorConfig.SyslogFormat.RFC5424);
    }

    private static @Nullable Release release(final String text) {
        try {
            return Release.parse(text);
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    SimulatorConfig build() {
        return new SimulatorConfig(release, platform, bugs, initialContact, restoreSas, invalidSpiLog, recoveryLimit, syslogFormat);
    }
}
