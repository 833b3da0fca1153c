package org.qfpsim.controlplane.config.model;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.controlplane.terminal.TerminalSettings;

/**
 * Terminal lines, and what is asked there.
 *
 * @param enableSecret {@code enable secret}, or null.
 * @param banner       {@code banner motd}: one line, or empty.
 * @param console      {@code line con 0}.
 * @param virtual      {@code line vty}, each of them.
 * @param login        how those who log in are watched, and SSH.
 */
public record TerminalConfig(@Nullable HashedSecret enableSecret, String banner, TerminalSettings.Defaults console,
                             List<TerminalSettings.Defaults> virtual, LoginConfig login) {
    /** Nothing configured. */
    public static final TerminalConfig DEFAULT = new TerminalConfig(null, "", TerminalSettings.Defaults.STANDARD,
        Collections.nCopies(TerminalLines.VIRTUAL, TerminalSettings.Defaults.STANDARD), LoginConfig.DEFAULT);

    /** Copies the list. */
    public TerminalConfig {
        virtual = List.copyOf(virtual);
    }
}
