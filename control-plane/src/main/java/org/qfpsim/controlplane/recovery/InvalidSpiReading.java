package org.qfpsim.controlplane.recovery;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ipsec.SaHistory;

/**
 * What packets with an unknown SPI mean, as far as a receiver can tell from what it has seen itself.
 *
 * @param kind    which of three.
 * @param former  the SA that has or had the SPI, or null.
 * @param text    a sentence.
 */
public record InvalidSpiReading(Kind kind, SaHistory.@Nullable Past former, String text) {
    /** The three causes. */
    public enum Kind {
        /** A rekey: few packets, and the SA appears or has just gone. */
        TRANSIENT("transient"),
        /** The sender goes on with an SA that is not here any more. */
        BLACK_HOLE("black hole"),
        /** Nobody whom this router knows. */
        STRANGER("stranger");

        private final String text;

        Kind(final String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    /**
     * What was seen.
     *
     * @param key        who and which SPI.
     * @param packets    how many; with a log alone, at least this many.
     * @param firstNanos when the first one came.
     * @param lastNanos  when the last one came.
     */
    public record Sighting(SpiKey key, long packets, long firstNanos, long lastNanos) {
    }

    /** Packets that may be under way when an SA changes. Ours. */
    private static final long FEW = 10;
    private static final long SECOND = 1_000_000_000L;

    /**
     * Reads a sighting.
     *
     * @param seen      what was seen.
     * @param former    the SA that has or had the SPI, or null.
     * @param knownPeer whether the sender is a peer: the configuration names it, or there is an IKE SA.
     * @return the reading.
     */
    public static InvalidSpiReading of(final Sighting seen, final SaHistory.@Nullable Past former, final boolean knownPeer) {
        final long lasted = seen.lastNanos() - seen.firstNanos();
        final String count = seen.packets() + (seen.packets() == 1 ? " packet" : " packets");
        if (former != null && former.alive()) {
            return new InvalidSpiReading(Kind.TRANSIENT, former, "transient: " + count + " up to "
                + duration(Math.max(0, former.installedNanos() - seen.firstNanos())) + " before the SA of " + former.flow()
                + " was installed here");
        }
        final boolean brief = seen.packets() <= FEW && lasted <= SECOND;
        if (former != null) {
            final String sa = "the SA of " + former.flow() + " with " + former.peer();
            return brief && seen.lastNanos() - former.removedNanos() <= SECOND
                ? new InvalidSpiReading(Kind.TRANSIENT, former, "transient: " + count + " under way when " + sa + " was taken away")
                : new InvalidSpiReading(Kind.BLACK_HOLE, former, "black hole for " + duration(lasted) + ", " + count + ": it used to be "
                    + sa + ", taken away here (" + former.reason() + "); the sender goes on with it");
        }
        if (!knownPeer) {
            return new InvalidSpiReading(Kind.STRANGER, null, "stranger: " + count + " with an SPI that was never known here, from "
                + seen.key().source() + ", which is no peer");
        }
        return brief
            ? new InvalidSpiReading(Kind.TRANSIENT, null, "transient so far: " + count + " within " + duration(lasted))
            : new InvalidSpiReading(Kind.BLACK_HOLE, null, "black hole for " + duration(lasted) + ", " + count
                + ": an SPI that this router does not remember, from its peer " + seen.key().source());
    }

    static String duration(final long nanos) {
        return nanos < SECOND ? nanos / 1_000_000 + " ms" : "%.1f s".formatted(nanos / 1e9);
    }
}
