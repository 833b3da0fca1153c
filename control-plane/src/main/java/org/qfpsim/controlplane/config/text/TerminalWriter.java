package org.qfpsim.controlplane.config.text;

import java.util.List;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.config.model.LoginConfig;
import org.qfpsim.controlplane.config.model.TerminalConfig;
import org.qfpsim.controlplane.terminal.TerminalSettings;

/** Terminal lines; only those for which something is configured. */
final class TerminalWriter {
    private TerminalWriter() {
    }

    static void secret(final Lines lines, final TerminalConfig terminal) {
        final HashedSecret secret = terminal.enableSecret();
        if (secret != null) {
            lines.add("enable secret " + lines.show(secret));
        }
        lines.gap();
    }

    static void login(final Lines lines, final LoginConfig login) {
        final LoginConfig.Block block = login.block();
        if (block != null) {
            lines.add("login block-for " + block.seconds() + " attempts " + block.attempts() + " within " + block.within());
        }
        lines.addIf(login.logFailures(), "login on-failure log");
        lines.addIf(login.logSuccesses(), "login on-success log");
        lines.gap();
        final LoginConfig.Ssh ssh = login.ssh();
        lines.addIf(ssh.timeoutSeconds() != LoginConfig.Ssh.DEFAULT.timeoutSeconds(), "ip ssh time-out " + ssh.timeoutSeconds());
        lines.addIf(ssh.retries() != LoginConfig.Ssh.DEFAULT.retries(), "ip ssh authentication-retries " + ssh.retries());
        lines.addIf(ssh.logEvents(), "ip ssh logging events");
        lines.gap();
    }

    static void lines(final Lines lines, final TerminalConfig terminal) {
        lines.addIf(!terminal.banner().isEmpty(), "banner motd ^" + terminal.banner() + "^");
        lines.gap();
        if (!terminal.console().equals(TerminalSettings.Defaults.STANDARD)) {
            lines.add("line con 0");
            settings(lines, terminal.console());
        }
        final List<TerminalSettings.Defaults> virtual = terminal.virtual();
        int first = 0;
        for (int i = 1; i <= virtual.size(); i++) {
            final TerminalSettings.Defaults same = virtual.get(first);
            if (i == virtual.size() || !virtual.get(i).equals(same)) {
                if (!same.equals(TerminalSettings.Defaults.STANDARD)) {
                    lines.add("line vty " + first + (i - 1 == first ? "" : " " + (i - 1)));
                    settings(lines, same);
                }
                first = i;
            }
        }
        lines.gap();
    }

    private static void settings(final Lines lines, final TerminalSettings.Defaults line) {
        final TerminalSettings.Defaults normal = TerminalSettings.Defaults.STANDARD;
        lines.subIf(line.idleSeconds() != normal.idleSeconds(), "exec-timeout " + line.idleSeconds() / 60 + " " + line.idleSeconds() % 60);
        lines.subIf(line.privilege() != normal.privilege(), "privilege level " + line.privilege());
        lines.subIf(line.synchronous(), "logging synchronous");
        lines.subIf(line.loginLocal(), "login local");
        lines.subIf(line.historySize() != normal.historySize(), "history size " + line.historySize());
        lines.subIf(line.length() != normal.length(), "length " + line.length());
        lines.subIf(line.width() != normal.width(), "width " + line.width());
        lines.subIf(line.ssh(), "transport input ssh");
    }
}
