package org.qfpsim.controlplane.syslog;

import java.util.Locale;

/** How bad it is (RFC 5424 section 6.2.1); the ordinal is the number. */
public enum Severity {
    /** 0. */
    EMERGENCIES,
    /** 1. */
    ALERTS,
    /** 2. */
    CRITICAL,
    /** 3. */
    ERRORS,
    /** 4. */
    WARNINGS,
    /** 5. */
    NOTIFICATIONS,
    /** 6. */
    INFORMATIONAL,
    /** 7. */
    DEBUGGING;

    /** The keyword of the configuration. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * From a number.
     *
     * @param number a number; what is beyond 0 to 7 counts as the nearest.
     * @return the severity.
     */
    public static Severity of(final int number) {
        return values()[Math.clamp(number, 0, values().length - 1)];
    }
}
