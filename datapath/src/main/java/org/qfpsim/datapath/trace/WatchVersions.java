package org.qfpsim.datapath.trace;

import org.jspecify.annotations.Nullable;

/**
 * The watch that holds at each position in the order of arrival. Written by the dispatcher, read by engines and gather; what they read is
 * null as long as nothing is watched, so that it costs them one look a batch.
 */
public final class WatchVersions {
    private volatile @Nullable Version newest;

    /** What holds from a position on. */
    public static final class Version {
        private final long from;
        private final @Nullable Watch watch;
        private @Nullable Version previous;

        private Version(final long from, final @Nullable Watch watch, final @Nullable Version previous) {
            this.from = from;
            this.watch = watch;
            this.previous = previous;
        }

        /**
         * What holds for a packet.
         *
         * @param arrival its position.
         * @return the watch, or null if nothing is watched there.
         */
        public @Nullable Watch at(final long arrival) {
            Version version = this;
            while (version != null && version.from > arrival) {
                version = version.previous;
            }
            return version == null ? null : version.watch;
        }
    }

    /** Nothing is watched. */
    public WatchVersions() {
        // Null says so.
    }

    /** The newest version; null if no packet that may still be in flight is watched. */
    public @Nullable Version newest() {
        return newest;
    }

    /**
     * Watches something else. Dispatcher's thread.
     *
     * @param watch    what is watched, or null.
     * @param position from where on.
     * @param passed   a position that gather has reached.
     */
    public void publish(final @Nullable Watch watch, final long position, final long passed) {
        for (Version version = newest; version != null; version = version.previous) {
            if (version.from <= passed) {
                version.previous = null;
            }
        }
        newest = new Version(position, watch, newest);
    }

    /**
     * Whether {@link #settle} would make it cost nothing again.
     *
     * @param passed a position that gather has reached.
     * @return true if so.
     */
    public boolean ended(final long passed) {
        final Version now = newest;
        return now != null && now.watch == null && now.from <= passed;
    }

    /**
     * Forgets versions whose packets have all been gathered. Dispatcher's thread.
     *
     * @param passed a position that gather has reached.
     */
    public void settle(final long passed) {
        if (ended(passed)) {
            newest = null;
        }
    }
}
