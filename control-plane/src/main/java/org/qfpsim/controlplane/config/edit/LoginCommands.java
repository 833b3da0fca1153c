package org.qfpsim.controlplane.config.edit;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.LoginConfig;

/** {@code login block-for}, {@code login on-failure|on-success log} and {@code ip ssh}. */
final class LoginCommands {
    private static final LoginConfig.Ssh STANDARD = LoginConfig.Ssh.DEFAULT;
    private static final Argument<Long> BLOCK = Argument.number(1, 65_535);
    private static final Argument<Long> ATTEMPTS = Argument.number(1, 65_535);
    private static final Argument<Long> WITHIN = Argument.number(1, 65_535);
    private static final Argument<Long> TIMEOUT = Argument.number(1, 120);
    private static final Argument<Long> RETRIES = Argument.number(0, 5);
    private static final Argument<Long> VERSION = Argument.number(2, 2);

    private LoginConfig.@Nullable Block block;
    private boolean logSuccesses;
    private boolean logFailures;
    private int timeout = STANDARD.timeoutSeconds();
    private int retries = STANDARD.retries();
    private boolean logEvents;

    LoginCommands(final Mode global) {
        final Branch login = global.commands().on("login", "Enable secure login checking");
        login.on("block-for", "Set quiet-mode active time period").undo(in -> block = null).arg(BLOCK, "Time period in seconds")
            .on("attempts", "Set max number of fail attempts").arg(ATTEMPTS, "Max number of fail attempts")
            .on("within", "Watch period for fail attempts").arg(WITHIN, "Time period in seconds")
            .does(in -> block = new LoginConfig.Block(Arguments.integer(in, BLOCK), Arguments.integer(in, ATTEMPTS),
                Arguments.integer(in, WITHIN)));
        login.on("on-failure", "Set options for failed login attempt").undo(in -> logFailures = false)
            .on("log", "Generate syslogs on failure logins").does(in -> logFailures = true);
        login.on("on-success", "Set options for successful login attempt").undo(in -> logSuccesses = false)
            .on("log", "Generate syslogs on successful logins").does(in -> logSuccesses = true);
        ssh(global.commands().on("ip", "Global IP configuration subcommands").on("ssh", "Configure ssh options"));
    }

    private void ssh(final Branch ssh) {
        ssh.on("time-out", "Specify SSH time-out interval").undo(in -> timeout = STANDARD.timeoutSeconds())
            .arg(TIMEOUT, "SSH time-out interval (secs)").does(in -> timeout = Arguments.integer(in, TIMEOUT));
        ssh.on("authentication-retries", "Specify number of authentication retries").undo(in -> retries = STANDARD.retries())
            .arg(RETRIES, "Number of authentication retries").does(in -> retries = Arguments.integer(in, RETRIES));
        ssh.on("logging", "Configure logging for SSH").on("events", "Log SSH session events").does(in -> logEvents = true)
            .undo(in -> logEvents = false);
        // There is no other version, so nothing changes: the line says what is so already.
        ssh.on("version", "Specify protocol version to be supported").arg(VERSION, "Protocol version").does(in -> { });
    }

    LoginConfig build() {
        return new LoginConfig(block, logSuccesses, logFailures, new LoginConfig.Ssh(timeout, retries, logEvents));
    }
}
