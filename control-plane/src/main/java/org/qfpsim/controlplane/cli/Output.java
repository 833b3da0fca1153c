package org.qfpsim.controlplane.cli;

import java.util.Locale;
import java.util.function.Consumer;

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
     * Asks something before a command goes on. Where nobody can answer, the question is printed, and something is assumed.
     *
     * @param question without a line feed, such as {@code Destination filename [startup-config]? }.
     * @param assumed  what is taken for the answer where nobody can give one.
     * @param then     is given the answer; not called when the user gives up.
     * @throws OutputEnded as {@link #print} does.
     */
    default void ask(final String question, final String assumed, final Answer then) {
        print(question + "\n");
        then.given(assumed, this);
    }

    /**
     * Asks before something is done that cannot be undone; Return and {@code y} are yes.
     *
     * @param question such as {@code Proceed with reload? [confirm]}.
     * @param then     does it.
     * @throws OutputEnded as {@link #print} does.
     */
    default void confirm(final String question, final Consumer<Output> then) {
        ask(question, "", (answer, out) -> {
            if ("yes".startsWith(answer.strip().toLowerCase(Locale.ROOT))) {
                then.accept(out);
            }
        });
    }

    /**
     * The command goes on when it has returned: until {@link #release}, which must follow, it prints whenever it has something to say.
     *
     * @return whether somebody waits for the end here.
     */
    default boolean hold() {
        return false;
    }

    /** A command that goes on has come to its end. */
    default void release() {
        // Only where somebody waits for the end.
    }

    /** What follows a question. */
    @FunctionalInterface
    interface Answer {
        /**
         * Goes on.
         *
         * @param answer as typed.
         * @param out    gets what is printed from here on.
         */
        void given(String answer, Output out);
    }
}
