package org.qfpsim.sim.replay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/**
 * Remembers the first write to a file that failed, so that a full disk does not throw inside the datapath: later writes to the file are
 * skipped, the source looks here now and then and ends the run. Written by gather, read by the source.
 */
final class FirstFailure {
    private volatile @Nullable InputException failure;

    /** Something that writes. */
    @FunctionalInterface
    interface Write {
        /**
         * Writes.
         *
         * @throws IOException if that fails.
         */
        void run() throws IOException;
    }

    /** Writes, unless a write has failed before. */
    void attempt(final Write write) {
        if (failure == null) {
            try {
                write.run();
            } catch (final InputException e) {
                failure = e;
            } catch (final IOException e) {
                failure = new InputException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** What failed, or null. */
    @Nullable InputException get() {
        return failure;
    }
}
