package org.qfpsim.sim;

/** Something the user gave cannot be used: the message names it, its place and the fix. The program ends with exit code 2, no trace. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A mistake found by ourselves.
     *
     * @param message one line: file or option, value and fix.
     */
    public InputException(final String message) {
        super(message);
    }

    /**
     * A mistake that a library found.
     *
     * @param message one line: file or option, value and fix.
     * @param cause   what the library said.
     */
    public InputException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
