package org.qfpsim.controlplane.cli;

/** Where the output of a command goes as it comes into being: a terminal, a filter, a file. */
@FunctionalInterface
public interface Output {
    /**
     * Takes a piece of output. May wait for a reader that is slow.
     *
     * @param text any number of lines, each with its line feed; may be empty.
     * @throws OutputEnded if nobody wants more; the command ends then.
     */
    void print(String text);

    /**
     * Asks before something is done that cannot be undone. Where nobody can answer, the question is printed and the answer is yes.
     *
     * @param question such as {@code Proceed? [confirm]}, without a line feed.
     * @return true to go on.
     * @throws OutputEnded as {@link #print} does.
     */
    default boolean confirm(final String question) {
        print(question + "\n");
        return true;
    }
}
