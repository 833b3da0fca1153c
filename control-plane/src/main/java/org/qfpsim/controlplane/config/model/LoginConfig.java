package org.qfpsim.controlplane.config.model;

import org.jspecify.annotations.Nullable;

/**
 * How those who log in are watched, and SSH.
 *
 * @param block        {@code login block-for}, or null: nobody is kept out.
 * @param logSuccesses {@code login on-success log}.
 * @param logFailures  {@code login on-failure log}.
 * @param ssh          {@code ip ssh}.
 */
public record LoginConfig(@Nullable Block block, boolean logSuccesses, boolean logFailures, Ssh ssh) {
    /** Nothing configured. */
    public static final LoginConfig DEFAULT = new LoginConfig(null, false, false, Ssh.DEFAULT);

    /**
     * {@code login block-for}.
     *
     * @param seconds  that everybody is kept out after too many failures.
     * @param attempts failures that are too many.
     * @param within   seconds in which they happen.
     */
    public record Block(int seconds, int attempts, int within) {
    }

    /**
     * {@code ip ssh}.
     *
     * @param timeoutSeconds that logging in may take.
     * @param retries        passwords that may be tried on one connection, beyond the first.
     * @param logEvents      whether connections are logged.
     */
    public record Ssh(int timeoutSeconds, int retries, boolean logEvents) {
        /** Nothing configured. */
        public static final Ssh DEFAULT = new Ssh(120, 3, false);
    }
}
