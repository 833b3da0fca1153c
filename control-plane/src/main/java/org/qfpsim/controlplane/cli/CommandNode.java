package org.qfpsim.controlplane.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public record CommandNode(String keyword, @Nullable Argument<?> argument, @Nullable String help, @Nullable Printer action,
                          Supplier<List<CommandNode>> next) {
    /** What a command does that prints as it goes: for output that may be long. */
    @FunctionalInterface
    public interface Printer {
        /**
         * Runs the command.
         *
         * @param input what was typed.
         * @param out   gets its output.
         * @throws CommandRefusal if what was typed makes no sense; nothing was printed then.
         */
        void run(Input input, Output out) throws CommandRefusal;
    }

    /** What a command does whose output is short. */
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
        return node(keyword, null, help, (input, out) -> out.print(action.get()), children);
    }

    /**
     * A keyword that a command with much output can end with.
     *
     * @param keyword  as help prints it.
     * @param help     one line.
     * @param printer  prints piece by piece.
     * @param children what else may follow.
     * @return the node.
     */
    public static CommandNode printing(final String keyword, final String help, final Printer printer, final CommandNode... children) {
        return node(keyword, null, help, printer, children);
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
        return node(keyword, null, help, printer(action), children);
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
        return node(argument.form(), argument, help, action == null ? null : printer(action), children);
    }

    /**
     * An argument that a command with much output can end with.
     *
     * @param argument what is read.
     * @param help     one line.
     * @param printer  gets it, and prints piece by piece.
     * @param children what may follow.
     * @return the node.
     */
    public static CommandNode printingArgument(final Argument<?> argument, final String help, final Printer printer,
                                               final CommandNode... children) {
        return node(argument.form(), argument, help, printer, children);
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

    /**
     * Puts trees together: what several of them have in common at their beginning is one branch.
     *
     * @param nodes of any number of trees. Of two with the same keyword only one may do something, and one that is simulated stands for
     *              one that is not.
     * @return keywords in alphabetical order, then arguments.
     */
    public static List<CommandNode> merge(final List<CommandNode> nodes) {
        final Map<Object, CommandNode> merged = new LinkedHashMap<>();
        for (final CommandNode each : nodes) {
            merged.merge(each.argument == null ? each.keyword : each.argument, each, CommandNode::with);
        }
        final List<CommandNode> sorted = new ArrayList<>(merged.values());
        sorted.sort(Comparator.comparing((CommandNode node) -> node.argument != null)
            .thenComparing(node -> node.argument == null ? node.keyword : ""));
        return sorted;
    }

    private CommandNode with(final CommandNode other) {
        if (help == null || other.help == null) {
            return help == null ? other : this;
        }
        if (action != null && other.action != null) {
            throw new IllegalArgumentException("two commands end with '" + keyword + "': " + help + "; " + other.help);
        }
        final List<CommandNode> both = new ArrayList<>(children());
        both.addAll(other.children());
        final List<CommandNode> following = merge(both);
        return new CommandNode(keyword, argument, help, action == null ? other.action : action, () -> following);
    }

    private static Printer printer(final Action action) {
        return (input, out) -> out.print(action.run(input));
    }

    private static CommandNode node(final String keyword, final @Nullable Argument<?> argument, final @Nullable String help,
                                    final @Nullable Printer action, final CommandNode... children) {
        final List<CommandNode> next = List.of(children);
        return new CommandNode(keyword, argument, help, action, () -> next);
    }

    /** What may follow. */
    public List<CommandNode> children() {
        return next.get();
    }
}
