package org.qfpsim.controlplane.config.model;

import java.util.Set;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;

/**
 * Settings of ours, {@code qfp-sim ...}: no router has them.
 *
 * @param release           {@code release}: what the router runs.
 * @param platform          {@code platform}: the hardware.
 * @param bugs              {@code bug}: bugs of the platform that are in.
 * @param initialContact    {@code initial-contact}: recovery of invalid SPIs sends INITIAL_CONTACT and Quick Mode at once.
 * @param restoreSas        {@code restore-sas}: SAs come back from the database after a restart; a real router forgets them.
 * @param invalidSpiLog     {@code invalid-spi-log}: how invalid-SPI messages are held back.
 * @param recoveryLimit     {@code recovery-limit}: IKE exchanges of recovery in negotiation at most, 1 to 10000.
 * @param syslogFormat      {@code syslog-format}: of messages to hosts.
 */
public record SimulatorConfig(Release release, PlatformProfile platform, Set<Bug> bugs, boolean initialContact, boolean restoreSas,
                              InvalidSpiLog invalidSpiLog, int recoveryLimit, SyslogFormat syslogFormat) {
    /** Exchanges unless set. */
    public static final int DEFAULT_RECOVERY_LIMIT = 10;
    /** Unless set. */
    public static final SimulatorConfig DEFAULT = new SimulatorConfig(Release.DEFAULT, PlatformProfile.DEFAULT, Set.of(), false, false,
        InvalidSpiLog.PER_FLOW, DEFAULT_RECOVERY_LIMIT, SyslogFormat.RFC3164);

    /** Bugs of the platform, by their numbers. */
    public enum Bug {
        /** An invalid SPI with NAT-T is not reported. */
        CSCSQ59183("CSCsq59183", "an invalid SPI with NAT-T is not reported"),
        /** Packets are lost during a rekey. */
        CSCSL68327("CSCsl68327", "packets are lost during a rekey"),
        /** ASR: packets are dropped during a phase 2 rekey under certain conditions. */
        CSCTR14840("CSCtr14840", "packets are dropped during a phase 2 rekey under certain conditions"),
        /** ASR: the new SPI is used before Quick Mode is complete. */
        CSCTY30063("CSCty30063", "the new SPI is used before Quick Mode is complete");

        private final String id;
        private final String title;

        Bug(final String id, final String title) {
            this.id = id;
            this.title = title;
        }

        /** Its number. */
        public String id() {
            return id;
        }

        /** What it does. */
        public String title() {
            return title;
        }
    }

    /** How messages about invalid SPIs are held back. */
    public enum InvalidSpiLog {
        /** One a minute for each source, destination and SPI, ten a minute in all: the default. */
        PER_FLOW,
        /** One a minute in all. */
        GLOBAL
    }

    /** How a message to a syslog server looks. */
    public enum SyslogFormat {
        /** BSD syslog: the default. */
        RFC3164,
        /** The newer standard. */
        RFC5424
    }

    /** Copies the set. */
    public SimulatorConfig {
        bugs = Set.copyOf(bugs);
    }
}
