package org.qfpsim.controlplane.terminal;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;

/** The command language behind a terminal line: prompt, mode, commands. Used by the control thread only. */
public interface Shell {
    /** What is shown before the first prompt: whole lines, or nothing. */
    String greeting();

    /** What is asked for now: {@code R1#}, {@code Password: }. */
    String prompt();

    /** Whether a command is asked for: with help, completion and history. Otherwise it is an answer to a question. */
    boolean isAtCommand();

    /** Whether the answer must not be shown. */
    boolean isHidden();

    /**
     * Whether a line only reads the router's state, so that its output may wait for a slow reader while the router goes on.
     *
     * @param line as typed.
     * @return false in doubt.
     */
    boolean onlyReads(String line);

    /**
     * Runs a line.
     *
     * @param line   as typed.
     * @param out    gets what the terminal shows, without the line itself.
     * @param column of the line's first character on the screen, for the marker below a wrong one.
     */
    void run(String line, Output out, int column);

    /**
     * Help for a question mark.
     *
     * @param line what stands in front of it.
     * @return whole lines.
     */
    String help(String line);

    /**
     * Completes the last word.
     *
     * @param line what stands in front of the cursor.
     * @return the line with the whole word and a blank behind it; null if no word or more than one is possible.
     */
    @Nullable String complete(String line);

    /** Whether the mode is one of configuration. */
    boolean isConfiguring();

    /** Leaves configuration, if that is where the session is, and a command that has asked something. */
    void endConfiguration();

    /** Whether the session is over ({@code exit}). */
    boolean isEnded();

    /** Who has logged in; empty if nobody asked. */
    String user();
}
