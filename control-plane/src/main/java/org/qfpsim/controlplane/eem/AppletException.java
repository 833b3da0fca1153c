package org.qfpsim.controlplane.eem;

/** A line of an applet that cannot be used; the message is one line that names it, what is wrong and the fix. */
public final class AppletException extends Exception {
    private static final long serialVersionUID = 1L;

    AppletException(final String message) {
        super(message, null, false, false);
    }
}
