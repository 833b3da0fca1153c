package org.qfpsim.controlplane.show;

/** A command line that was not accepted; the message is what the platform prints. */
final class CommandRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private CommandRefusal(final String text) {
        super(text, null, false, false);
    }

    static CommandRefusal incomplete() {
        return new CommandRefusal("% Incomplete command.\n\n");
    }

    static CommandRefusal ambiguous(final String line) {
        return new CommandRefusal("% Ambiguous command:  \"" + line.strip() + "\"\n");
    }

    static CommandRefusal invalid(final String line, final int column) {
        return new CommandRefusal(line + "\n" + " ".repeat(column) + "^\n% Invalid input detected at '^' marker.\n\n");
    }

    static CommandRefusal because(final String reason) {
        return new CommandRefusal("% " + reason + "\n");
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
