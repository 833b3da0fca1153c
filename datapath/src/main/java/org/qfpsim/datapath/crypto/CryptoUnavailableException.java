package org.qfpsim.datapath.crypto;

/** A crypto library is not installed, of a version that is not known, or gives wrong answers; the message is one line for the operator. */
public final class CryptoUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message one line: the backend, what is wrong, and what to install if that helps.
     */
    public CryptoUnavailableException(final String message) {
        super(message);
    }
}
