package org.qfpsim.controlplane.ipsec;

import java.util.random.RandomGenerator;

/**
 * How long before its end an SA is replaced. IOS: 30 seconds, or 256 kilobytes, before the end of the lifetime, whichever comes first; the
 * jitter keeps two ends from beginning at the same moment, its size is our guess.
 *
 * @param seconds       before the end by time.
 * @param kilobytes     before the end by volume.
 * @param jitterPercent by how much the seconds may be off in either direction, 0 to 50.
 */
public record RekeyMargins(int seconds, int kilobytes, int jitterPercent) {
    /** As IOS has it. */
    public static final RekeyMargins IOS = new RekeyMargins(30, 256, 20);

    private static final long SECOND = 1_000_000_000L;

    /** Checks ranges. */
    public RekeyMargins {
        if (seconds < 0 || kilobytes < 0 || jitterPercent < 0 || jitterPercent > 50) {
            throw new IllegalArgumentException("rekey margins: seconds and kilobytes are not negative, jitter is 0 to 50 percent");
        }
    }

    /**
     * When an SA is to be replaced.
     *
     * @param lifetimeSeconds of the SA.
     * @param random          for the jitter.
     * @return nanoseconds after its beginning; for a short life the last quarter of it.
     */
    long softNanos(final long lifetimeSeconds, final RandomGenerator random) {
        final long life = lifetimeSeconds * SECOND;
        final long margin = Math.min(seconds * SECOND, life / 4);
        final double off = (2 * random.nextDouble() - 1) * jitterPercent / 100;
        return life - margin - (long) (margin * off);
    }

    /**
     * The volume at which an SA is to be replaced.
     *
     * @param lifetimeKilobytes of the SA; 0 means no limit.
     * @return octets; 0 for no limit.
     */
    long softBytes(final long lifetimeKilobytes) {
        return (lifetimeKilobytes - Math.min(kilobytes, lifetimeKilobytes / 4)) * 1024;
    }
}
