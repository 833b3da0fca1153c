package org.qfpsim.controlplane.show;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * When counters were set to zero, and when it was asked.
 *
 * @param at  the time of the clear.
 * @param now the router's time, not before it.
 */
public record Clearing(Instant at, Instant now) {
    /**
     * How long ago it was.
     *
     * @return a duration of whole seconds.
     */
    Duration age() {
        return Duration.ofSeconds(Duration.between(at, now).toSeconds());
    }

    /** Tells when counters were last cleared. */
    @FunctionalInterface
    public interface Source {
        /** Counters that were never cleared. */
        Source NEVER = () -> null;

        /**
         * The last clear.
         *
         * @return it, or null when there was none since boot.
         */
        @Nullable Clearing last();
    }
}
