package org.qfpsim.controlplane.config.edit;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Grammar;

/**
 * A mode of the configuration.
 *
 * @param prompt   what the prompt has behind the host name, such as {@code (config-if)}.
 * @param commands of this mode; filled while the editor is made.
 * @param parent   mode that {@code exit} leads to, and whose commands are understood here, too; null for the global one.
 * @param grammar  of the commands.
 */
public record Mode(String prompt, Branch commands, @Nullable Mode parent, Grammar grammar) {
    /**
     * Makes a mode.
     *
     * @param prompt see above.
     * @param parent see above.
     * @return the mode, without commands.
     */
    static Mode of(final String prompt, final @Nullable Mode parent) {
        final Branch commands = Branch.root();
        return new Mode(prompt, commands, parent, new Grammar(commands.tree()));
    }

    /** Where a command leads to another mode. */
    @FunctionalInterface
    public interface Stack {
        /**
         * Enters a mode.
         *
         * @param mode the mode.
         */
        void enter(Mode mode);
    }
}
