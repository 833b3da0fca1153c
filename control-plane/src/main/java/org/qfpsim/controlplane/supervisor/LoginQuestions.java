package org.qfpsim.controlplane.supervisor;

import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.login.Attempt;

/** What is asked of somebody who logs in, or wants to be privileged; three times. */
final class LoginQuestions {
    private static final int ATTEMPTS = 3;

    private final ConsoleSession session;
    private final Supervisor supervisor;

    LoginQuestions(final ConsoleSession session, final Supervisor supervisor) {
        this.session = session;
        this.supervisor = supervisor;
    }

    /** Asks for the enable secret. */
    void secret(final HashedSecret secret) {
        secret(secret, ATTEMPTS);
    }

    private void secret(final HashedSecret secret, final int attempts) {
        session.ask(new Question("Password: ", true, (text, out) -> {
            if (secret.matches(text)) {
                session.privileged(true);
            } else if (attempts > 1) {
                secret(secret, attempts - 1);
            } else {
                out.print("% Bad secrets\n\n");
            }
        }));
    }

    /** Asks for a name, then for its password. */
    void user() {
        user(ATTEMPTS);
    }

    private void user(final int attempts) {
        session.ask(new Question("Username: ", false, (name, out) -> {
            if (name.isBlank()) {
                user(attempts);
            } else {
                password(name.strip(), attempts);
            }
        }));
    }

    private void password(final String name, final int attempts) {
        session.ask(new Question("Password: ", true, (password, out) -> {
            if (supervisor.logins().login(Attempt.local(name), name, password)) {
                session.loggedIn(name, supervisor.config().access().user(name).map(AccessConfig.User::privilege).orElse(0));
                return;
            }
            out.print("% Login invalid\n\n");
            if (attempts > 1) {
                user(attempts - 1);
            } else {
                session.leave();
            }
        }));
    }
}
