package org.qfpsim.controlplane.config.edit;

import org.qfpsim.controlplane.terminal.TerminalSettings;

/** A terminal line while it is configured. */
final class LineDraft {
    private static final TerminalSettings.Defaults STANDARD = TerminalSettings.Defaults.STANDARD;

    int length = STANDARD.length();
    int width = STANDARD.width();
    int historySize = STANDARD.historySize();
    long idleSeconds = STANDARD.idleSeconds();
    boolean synchronous = STANDARD.synchronous();
    int privilege = STANDARD.privilege();
    boolean loginLocal = STANDARD.loginLocal();
    boolean ssh = STANDARD.ssh();

    TerminalSettings.Defaults build() {
        return new TerminalSettings.Defaults(length, width, historySize, idleSeconds, synchronous, privilege, loginLocal, ssh);
    }
}
