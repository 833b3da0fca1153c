package org.qfpsim.controlplane.show;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/**
 * One keyword of the command language, with what may follow it.
 *
 * @param keyword  as help prints it.
 * @param help     one line for the question mark; null for a keyword of the platform that is not simulated: it makes abbreviations
 *                 ambiguous as it does there, and is refused when it is meant.
 * @param action   prints the output of the command that ends here; null when a command cannot end here.
 * @param children what may follow.
 */
public record CommandNode(String keyword, @Nullable String help, @Nullable Supplier<String> action, List<CommandNode> children) {
    /**
     * A keyword that needs another one behind it.
     *
     * @param keyword  as help prints it.
     * @param help     one line.
     * @param children what may follow.
     * @return the node.
     */
    public static CommandNode group(final String keyword, final String help, final CommandNode... children) {
        return new CommandNode(keyword, help, null, List.of(children));
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
        return new CommandNode(keyword, help, action, List.of(children));
    }

    /**
     * A keyword of the platform that is not simulated.
     *
     * @param keyword as the platform knows it.
     * @return the node.
     */
    public static CommandNode notSimulated(final String keyword) {
        return new CommandNode(keyword, null, null, List.of());
    }
}
