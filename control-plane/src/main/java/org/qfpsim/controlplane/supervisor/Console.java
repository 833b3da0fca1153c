package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.capture.CaptureCommands;
import org.qfpsim.controlplane.capture.TraceCommands;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.config.ConfigSession;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.cryptoshow.CryptoCommands;
import org.qfpsim.controlplane.qfp.QfpShow;
import org.qfpsim.controlplane.show.FileFilter;
import org.qfpsim.controlplane.show.Result;
import org.qfpsim.controlplane.show.ShowCommands;

/** The command line of a router. Each {@link Session} is a terminal with a mode of its own. */
public final class Console {
    private final Supervisor supervisor;
    private final Supervisor.Parts parts;
    private SimulatorConfig built;
    private ShowCommands exec;

    Console(final Supervisor supervisor, final Supervisor.Parts parts) {
        this.supervisor = supervisor;
        this.parts = parts;
        built = supervisor.config().simulator();
        exec = build(built);
    }

    private ShowCommands build(final SimulatorConfig of) {
        return new ShowCommands(of.platform(), of.release(), supervisor.qfp().drops(), supervisor.qfp().drops(),
            commands());
    }

    /** Every area of commands has a class of its own; they are put together by their first words. */
    private List<CommandNode> commands() {
        final List<CommandNode> all = new ArrayList<>();
        all.addAll(new ExecCommands(supervisor).commands());
        all.addAll(new CryptoCommands(supervisor.controlPlane(), supervisor.parts().clock()).commands());
        all.addAll(supervisor.qfp().commands());
        all.addAll(new TraceCommands(supervisor.watch(), parts.clock(), supervisor.config().simulator().platform().token(), parts.flash())
            .commands());
        all.addAll(new CaptureCommands(supervisor.watch(), parts.clock(), parts.flash(),
            name -> supervisor.config().accessList(name).orElse(null)).commands());
        return all;
    }

    /** The commands of exec mode, whose layouts are those of the release and the hardware that are configured now. */
    private ShowCommands current() {
        final SimulatorConfig now = supervisor.config().simulator();
        if (now.platform() != built.platform() || !now.release().equals(built.release())) {
            built = now;
            exec = build(now);
        }
        return exec;
    }

    /** Opens a terminal. */
    Session session() {
        return new Session();
    }

    /** A terminal. */
    public final class Session {
        private @Nullable ConfigSession configuring;

        private Session() {
        }

        /** The prompt, such as {@code R1#} or {@code R1(config-if)#}. */
        public String prompt() {
            return configuring == null ? supervisor.config().hostname() + "#" : configuring.prompt();
        }

        /**
         * Takes a line.
         *
         * @param line as typed.
         * @return what the terminal shows.
         */
        public String type(final String line) {
            final ConfigSession session = configuring;
            return session == null ? exec(line) : configure(session, line);
        }

        private String exec(final String line) {
            if (line.strip().matches("conf(i(g(u(re?)?)?)?)?( +t(e(r(m(i(n(al?)?)?)?)?)?)?)")) {
                configuring = new ConfigSession(supervisor.config());
                return "Enter configuration commands, one per line.  End with CNTL/Z.\n";
            }
            return FileFilter.run(line, parts.flash(), current()::run).text();
        }

        private String configure(final ConfigSession session, final String line) {
            if (line.strip().startsWith("do ")) {
                return exec(line.strip().substring(3));
            }
            final ConfigSession.Reply reply = session.type(line);
            if (session.config().simulator().restoreSas() != supervisor.config().simulator().restoreSas()) {
                // A router reads it when it starts, from its startup configuration, which a console cannot change.
                configuring = new ConfigSession(supervisor.config());
                return "% Only the startup configuration can say qfp-sim restore-sas\n";
            }
            if (reply.accepted() && !session.config().equals(supervisor.config())) {
                supervisor.configure(session.config());
            }
            if (session.isEnded()) {
                configuring = null;
            }
            return reply.text();
        }

        /**
         * Runs a line and says whether it was accepted.
         *
         * @param line an exec command.
         * @return the result.
         */
        public Result run(final String line) {
            return FileFilter.run(line, parts.flash(), current()::run);
        }
    }
}
