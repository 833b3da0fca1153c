package org.qfpsim.controlplane.terminal;

/**
 * Who opens a terminal line.
 *
 * @param console  whether he sits at the console (line {@code con 0}), rather than at a virtual terminal ({@code vty 0} to {@code 15}).
 * @param screen   whether there is a screen and a keyboard: then each key counts, what is typed is echoed, output pauses. Without it whole
 *                 lines are read, and written as a transcript: prompt, command, output.
 * @param location where he is, such as an address; empty for none.
 * @param user     his name, if he has proved it already (SSH); empty: the line asks if it is configured to.
 * @param privilege of a user that has a name: 15 starts in privileged exec mode; ignored without one.
 * @param trusted  whether he has proved to be the owner of the router's process, so that {@code enable} needs no password to be configured.
 * @param columns  of his screen, 0: as configured.
 * @param rows     of his screen, 0: as configured.
 */
public record Caller(boolean console, boolean screen, String location, String user, int privilege, boolean trusted, int columns, int rows) {
    /**
     * Somebody at the router's own console.
     *
     * @param screen  see there.
     * @param columns of his screen, or 0.
     * @param rows    of his screen, or 0.
     * @return the caller.
     */
    public static Caller console(final boolean screen, final int columns, final int rows) {
        return new Caller(true, screen, "", "", 1, true, columns, rows);
    }

    /**
     * Somebody at a virtual terminal who owns the router's process.
     *
     * @param screen   see there.
     * @param location where he is.
     * @param columns  of his screen, or 0.
     * @param rows     of his screen, or 0.
     * @return the caller.
     */
    public static Caller owner(final boolean screen, final String location, final int columns, final int rows) {
        return new Caller(false, screen, location, "", 1, true, columns, rows);
    }
}
