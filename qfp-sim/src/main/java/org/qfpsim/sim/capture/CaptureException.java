package org.qfpsim.sim.capture;

import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/** A capture file is not what it claims to be from some place on; the frames before that place have been delivered. */
public final class CaptureException extends InputException {
    private static final long serialVersionUID = 1L;

    CaptureException(final String message) {
        super(message);
    }

    CaptureException(final String message, final Throwable cause) {
        super(message, cause);
    }

    static CaptureException at(final String file, final long frame, final long offset, final String problem,
                               final @Nullable Throwable cause) {
        final String message = file + ": frame " + frame + " at offset " + offset + ": " + problem;
        return cause == null ? new CaptureException(message) : new CaptureException(message, cause);
    }
}
