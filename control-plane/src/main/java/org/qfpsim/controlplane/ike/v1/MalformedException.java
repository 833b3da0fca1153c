package org.qfpsim.controlplane.ike.v1;

/** A message that is not what the RFCs say; it is counted and dropped. Carries no stack: an attacker decides how many are made. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Ikev1Counter counter;

    MalformedException(final String what) {
        this(what, Ikev1Counter.MALFORMED);
    }

    MalformedException(final String what, final Ikev1Counter counter) {
        super(what, null, false, false);
        this.counter = counter;
    }

    /** What counts it. */
    Ikev1Counter counter() {
        return counter;
    }

    /** What is wrong, in words. */
    String what() {
        return String.valueOf(getMessage());
    }
}
