package org.qfpsim.controlplane.recovery;

/**
 * What a router does about invalid SPIs.
 *
 * @param enabled          {@code crypto isakmp invalid-spi-recovery}: whether IKE may be begun for it.
 * @param initialContact   ours: INITIAL_CONTACT and a Quick Mode at once instead of a DELETE (IKEv1).
 * @param onePerMinute     ours: one system message a minute altogether instead of one per source, destination and SPI.
 * @param linesPerMinute   ours: system messages in all within a minute, 1 to 1000.
 * @param startsPerMinute  ours: IKE exchanges that may be begun for it within a minute, 0 to 100000.
 */
public record RecoverySettings(boolean enabled, boolean initialContact, boolean onePerMinute, int linesPerMinute, int startsPerMinute) {
    /** Without the command. */
    public static final RecoverySettings OFF = new RecoverySettings(false, false, false, 10, 60);
    /** With the command. */
    public static final RecoverySettings ON = new RecoverySettings(true, false, false, 10, 60);

    /** Checks ranges. */
    public RecoverySettings {
        if (linesPerMinute < 1 || linesPerMinute > 1000) {
            throw new IllegalArgumentException("invalid SPI messages a minute: " + linesPerMinute + " is not within 1 to 1000");
        }
        if (startsPerMinute < 0 || startsPerMinute > 100_000) {
            throw new IllegalArgumentException("IKE starts a minute: " + startsPerMinute + " is not within 0 to 100000");
        }
    }
}
