package org.qfpsim.controlplane.login;

import org.qfpsim.controlplane.cli.CommandNode;

/** {@code show login}, {@code show ssh}, {@code show ip ssh}, {@code show qfp-sim ssh}. */
public final class LoginShow {
    private LoginShow() {
    }

    /**
     * Makes the commands.
     *
     * @param watch sees who logs in.
     * @param ssh   has the connections.
     * @return all of them, from their first word on.
     */
    public static CommandNode commands(final LoginWatch watch, final SshService ssh) {
        return CommandNode.group("show", "Show running system information",
            CommandNode.group("ip", "IP information", CommandNode.command("ssh", "Information on SSH", ssh::settings)),
            CommandNode.command("login", "Display Secure Login Configurations and State", watch::show,
                CommandNode.command("failures", "Show Login Failures so far", watch::failures)),
            CommandNode.group("qfp-sim", "What no router shows",
                CommandNode.command("ssh", "What has become of SSH connections", ssh::counters)),
            CommandNode.command("ssh", "Status of SSH server connections", ssh::show));
    }
}
