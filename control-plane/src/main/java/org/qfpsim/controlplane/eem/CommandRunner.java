package org.qfpsim.controlplane.eem;

/** The router's command line, for {@code action cli command}. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Opens a terminal line; each run of an applet has its own, in user mode.
     *
     * @param applet its name.
     * @return the line.
     */
    Session open(String applet);

    /** A terminal line, which knows its mode. */
    @FunctionalInterface
    interface Session {
        /**
         * Runs a command.
         *
         * @param line as typed.
         * @return what the terminal shows.
         */
        String execute(String line);
    }
}
