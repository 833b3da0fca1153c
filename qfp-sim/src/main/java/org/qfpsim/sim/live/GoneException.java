package org.qfpsim.sim.live;

import org.qfpsim.sim.InputException;

/** A router that was there is not there any more. */
public final class GoneException extends InputException {
    private static final long serialVersionUID = 1L;

    /**
     * With what is to be said.
     *
     * @param message one line.
     */
    public GoneException(final String message) {
        super(message);
    }
}
