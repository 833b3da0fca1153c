package org.qfpsim.controlplane.recovery;

/**
 * What a router does about invalid SPIs.
 *
 * @param enabled          {@code crypto isakmp invalid-spi-recovery}: whether IKE may be begun for it.
 * @param initialContact   ours: INITIAL_CONTACT and a Quick Mode at once instead of a DELETE (IKEv1).
 * @param onePerMinute     ours: one system message a minute altogether instead of one per source, destination and SPI.
 * @param inNegotiation    ours: IKE exchanges begun for it that may be in negotiation at a time, 1 to 10000.
 */
public record RecoverySettings(boolean enabled, boolean initialContact, boolean onePerMinute, int inNegotiation) {
    /** Without the command. */
    public static final RecoverySettings OFF = new RecoverySettings(false, false, false, 10);
    /** With the command. */
    public static final RecoverySettings ON = new RecoverySettings(true, false, false, 10);

    /** Checks ranges. */
    public RecoverySettings {
        if (inNegotiation < 1 || inNegotiation > 10_000) {
            throw new IllegalArgumentException("IKE exchanges of recovery: " + inNegotiation + " is not within 1 to 10000");
        }
    }
}
