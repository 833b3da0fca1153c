package org.qfpsim.controlplane.cli;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One keyword or argument of the command language, with what may follow it.
 *
 * @param keyword  as help prints it; of an argument its form, such as {@code A.B.C.D}.
 * @param argument what is read here; null for a keyword.
 * @param help     one line for the question mark; null for a keyword of the platform that is not simulated: it makes abbreviations
 *                 ambiguous as it does there, and is refused when it is meant.
 * @param action   runs the command that ends here; null when a command cannot end here.
 * @param next     what may follow, asked for when it is needed.
 */
public record CommandNode(String keyword, @Nullable Argument<?> argument, @Nullable String help, @Nullable Action action,
                          Supplier<List<CommandNode>> next) {
    /** What a command does. */
    @FunctionalInterface
    public interface Action {
        /**
         * Runs the command.
         *
         * @param input what was typed.
         * @return its output: whole lines, or nothing.
         * @throws CommandRefusal if what was typed makes no sense.
         */
        String run(Input input) throws CommandRefusal;
    }

    /**
     * A keyword that needs another one behind it.
     *
     * @param keyword  as help prints it.
     * @param help     one line.
     * @param children what may follow.
     * @return the node.
     */
    public static CommandNode group(final String keyword, final String help, final CommandNode... children) {
        return node(keyword, null, help, null, children);
    }

    /**
     * A keyword that a command can end with.
     *
     * @param keyword  as help prints it.
     * @param help     one line.
     * @param action   prints the output.
     * @param children what else may follow.
     * @return the node.
     */
    public static CommandNode command(final String keyword, final String help, final Supplier<String> action,
                                      final CommandNode... children) {
        return node(keyword, null, help, input -> action.get(), children);
    }

    /**
     * A keyword that a command can end with, behind arguments.
     *
     * @param keyword  as help prints it.
     * @param help     one line.
     * @param action   gets the arguments.
     * @param children what else may follow.
     * @return the node.
     */
    public static CommandNode command(final String keyword, final String help, final Action action, final CommandNode... children) {
        return node(keyword, null, help, action, children);
    }

    /**
     * An argument.
     *
     * @param argument what is read.
     * @param help     one line.
     * @param action   gets it; null when something must follow.
     * @param children what may follow.
     * @return the node.
     */
    public static CommandNode argument(final Argument<?> argument, final String help, final @Nullable Action action,
                                       final CommandNode... children) {
        return node(argument.form(), argument, help, action, children);
    }

    /**
     * A keyword of the platform that is not simulated.
     *
     * @param keyword as the platform knows it.
     * @return the node.
     */
    public static CommandNode notSimulated(final String keyword) {
        return node(keyword, null, null, null);
    }

    private static CommandNode node(final String keyword, final @Nullable Argument<?> argument, final @Nullable String help,
                                    final @Nullable Action action, final CommandNode... children) {
        final List<CommandNode> next = List.of(children);
        return new CommandNode(keyword, argument, help, action, () -> next);
    }

    /** What may follow. */
    public List<CommandNode> children() {
        return next.get();
    }
}
