package org.qfpsim.controlplane.cli;

/** Ends a command in the middle of its output: its user has interrupted it, or the terminal has gone away. */
public final class OutputEnded extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes the exception; it has no stack trace, since it is no fault. */
    public OutputEnded() {
        super("nobody wants more output", null, false, false);
    }
}
