package org.qfpsim.controlplane.login;

/**
 * Somebody who tries to log in. What he calls himself is his own choice, so it is made harmless here.
 *
 * @param user   his name: printable, and cut short.
 * @param source address that he comes from; {@link #LOCAL} at the console and for the owner of the process.
 * @param port   local port that he comes to; 0 without one.
 */
public record Attempt(String user, String source, int port) {
    /** Source of those who come by no network. */
    public static final String LOCAL = "LOCAL";
    private static final int LONGEST = 64;

    /** Makes the name harmless. */
    public Attempt {
        user = user.substring(0, Math.min(user.length(), LONGEST)).replaceAll("[^!-~]", "?");
    }

    /**
     * Somebody at the console, or the owner of the process.
     *
     * @param user his name.
     * @return the attempt.
     */
    public static Attempt local(final String user) {
        return new Attempt(user, LOCAL, 0);
    }
}
