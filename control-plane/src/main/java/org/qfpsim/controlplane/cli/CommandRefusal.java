package org.qfpsim.controlplane.cli;

/** A command line that was not accepted; the message is what the platform prints. */
public final class CommandRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int column;

    private CommandRefusal(final String text, final String reason, final int column) {
        super(text, null, false, false);
        this.reason = reason;
        this.column = column;
    }

    /**
     * The line ends too early.
     *
     * @return the refusal.
     */
    public static CommandRefusal incomplete() {
        return new CommandRefusal("% Incomplete command.\n\n", "incomplete command", -1);
    }

    /**
     * A word is the beginning of several keywords.
     *
     * @param line what was typed.
     * @return the refusal.
     */
    public static CommandRefusal ambiguous(final String line) {
        return new CommandRefusal("% Ambiguous command:  \"" + line.strip() + "\"\n", "ambiguous command", -1);
    }

    /**
     * Something that is not known here.
     *
     * @param line   what was typed.
     * @param column of the first wrong character, from 0.
     * @return the refusal.
     */
    public static CommandRefusal invalid(final String line, final int column) {
        return new CommandRefusal(line + "\n" + " ".repeat(column) + "^\n% Invalid input detected at '^' marker.\n\n",
            "invalid input", column);
    }

    /**
     * Any other reason.
     *
     * @param reason in words, without the percent sign.
     * @return the refusal.
     */
    public static CommandRefusal because(final String reason) {
        return new CommandRefusal("% " + reason + "\n", reason, -1);
    }

    /** What a terminal shows: whole lines. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /**
     * What a terminal shows, the line in another form.
     *
     * @param line of the same length as the one that was typed, such as one with its keys masked.
     * @return whole lines.
     */
    public String textFor(final String line) {
        return column >= 0 ? invalid(line, column).text() : text().startsWith("% Ambiguous") ? ambiguous(line).text() : text();
    }

    /**
     * What a terminal shows on which the line stands already.
     *
     * @param start column of the line's first character on the screen: the width of the prompt.
     * @return whole lines.
     */
    public String textBelow(final int start) {
        return column < 0 ? text() : " ".repeat(start + column) + "^\n% Invalid input detected at '^' marker.\n\n";
    }

    /** The reason in a few words, for a message about a file. */
    public String reason() {
        return reason;
    }

    /** Column of the first wrong character, from 0; -1 unless the input is invalid at a place. */
    public int column() {
        return column;
    }
}
