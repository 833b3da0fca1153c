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
 * @param stack    the editor's.
 */
record Mode(String prompt, Branch commands, @Nullable Mode parent, Grammar grammar, Stack stack) {
    /** Where a command leads to another mode. */
    interface Stack {
        /**
         * Enters a mode.
         *
         * @param mode the mode.
         */
        void enter(Mode mode);

        /** Leaves the mode for the one above; leaves configuration if there is none. */
        void exit();

        /** Leaves configuration. */
        void end();
    }

    /** The mode that configuration begins in. */
    static Mode global(final Stack stack) {
        return make("(config)", null, stack);
    }

    /** A mode below another one. */
    static Mode of(final String prompt, final Mode parent) {
        return make(prompt, parent, parent.stack);
    }

    private static Mode make(final String prompt, final @Nullable Mode parent, final Stack stack) {
        final Branch commands = Branch.root();
        commands.on("end", "Exit from configure mode").does(in -> stack.end());
        commands.on("exit", parent == null ? "Exit from configure mode" : "Exit from this mode").does(in -> stack.exit());
        return new Mode(prompt, commands, parent, new Grammar(commands.tree()), stack);
    }
}
