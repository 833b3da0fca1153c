package org.qfpsim.controlplane.supervisor;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.ConfigSession;
import org.qfpsim.controlplane.config.model.RouterConfig;

/** Configuration mode of one session. What other sessions configure meanwhile is put together with it line by line. */
final class ConfigMode {
    private final Supervisor supervisor;
    private @Nullable ConfigSession session;
    private RouterConfig seen;

    ConfigMode(final Supervisor supervisor) {
        this.supervisor = supervisor;
        seen = supervisor.config();
    }

    /** Whether this is where the session is. */
    boolean isOn() {
        return session != null;
    }

    /** {@code configure terminal}. */
    String start() {
        session = new ConfigSession(supervisor.config());
        seen = supervisor.config();
        return "Enter configuration commands, one per line.  End with CNTL/Z.\n";
    }

    void leave() {
        session = null;
    }

    String prompt() {
        return current().prompt();
    }

    String help(final String line) throws CommandRefusal {
        return current().help(line);
    }

    @Nullable String complete(final String line) {
        return current().complete(line);
    }

    /** Runs a line; column: where it begins on the screen, for the marker below a wrong one. Returns whether it was accepted. */
    boolean run(final String line, final Output out, final int column) {
        final ConfigSession now = current();
        final ConfigSession.Reply reply = now.type(line, column);
        if (reply.accepted()) {
            final RouterConfig next = now.config();
            final String fixed = StartupOnly.changed(supervisor.config().simulator(), next.simulator());
            if (!fixed.isEmpty()) {
                start();
                out.print("% Only the startup configuration can say " + fixed + "\n");
                return false;
            }
            if (!next.equals(supervisor.config())) {
                supervisor.configure(next);
            }
            seen = supervisor.config();
        }
        if (now.isEnded()) {
            leave();
        }
        out.print(reply.text());
        return reply.accepted();
    }

    /** The configuration that is edited, with what other sessions have done to it meanwhile. */
    private ConfigSession current() {
        ConfigSession known = session;
        final RouterConfig now = supervisor.config();
        if (known == null || seen != now) {
            known = known == null ? new ConfigSession(now) : known.rebased(now);
            session = known;
            seen = now;
        }
        return known;
    }
}
