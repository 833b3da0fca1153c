package org.qfpsim.controlplane.terminal;

/**
 * Who opens a terminal line.
 *
 * @param way      how he comes.
 * @param manner   what is at his end.
 * @param location where he is, such as an address; empty for none.
 * @param user     his name, if he has proved it already (SSH); empty: the line asks if it is configured to.
 * @param privilege of a user that has a name: 15 starts in privileged exec mode; ignored without one.
 * @param columns  of his screen, 0: as configured.
 * @param rows     of his screen, 0: as configured.
 */
public record Caller(Way way, Manner manner, String location, String user, int privilege, int columns, int rows) {
    /** How somebody comes to a line. */
    public enum Way {
        /** He sits at the router's console: line {@code con 0}. */
        CONSOLE,
        /** He owns the router's process: any virtual terminal. */
        OWNER,
        /** Over the network: a virtual terminal that lets SSH in. */
        SSH
    }

    /** What is at the far end of a line. */
    public enum Manner {
        /** A screen and a keyboard: each key counts, what is typed is echoed, output pauses. */
        SCREEN,
        /** A program that sends whole lines, and gets a transcript: prompt, command, output. */
        TRANSCRIPT,
        /** A program that sends whole lines, and gets what they print. */
        OUTPUT
    }

    /**
     * Somebody at the router's own console.
     *
     * @param screen  whether there is a screen; otherwise a transcript is written.
     * @param columns of his screen, or 0.
     * @param rows    of his screen, or 0.
     * @return the caller.
     */
    public static Caller console(final boolean screen, final int columns, final int rows) {
        return new Caller(Way.CONSOLE, manner(screen), "", "", 1, columns, rows);
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
        return new Caller(Way.OWNER, manner(screen), location, "", 1, columns, rows);
    }

    private static Manner manner(final boolean screen) {
        return screen ? Manner.SCREEN : Manner.TRANSCRIPT;
    }

    /** Whether he sits at the console. */
    public boolean console() {
        return way == Way.CONSOLE;
    }

    /** Whether there is a screen. */
    public boolean screen() {
        return manner == Manner.SCREEN;
    }

    /** Whether he has proved to be the owner of the router's process, so that {@code enable} needs no password to be configured. */
    public boolean trusted() {
        return way != Way.SSH;
    }
}
