package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.ConfigSession;
import org.qfpsim.controlplane.exec.AccessListCommands;
import org.qfpsim.controlplane.exec.ConfigCommands;
import org.qfpsim.controlplane.exec.EventCommands;
import org.qfpsim.controlplane.exec.InterfaceCommands;
import org.qfpsim.controlplane.exec.LogCommands;
import org.qfpsim.controlplane.exec.NeighborCommands;
import org.qfpsim.controlplane.exec.PingCommands;
import org.qfpsim.controlplane.exec.RouteCommands;
import org.qfpsim.controlplane.exec.SystemCommands;
import org.qfpsim.controlplane.exec.TechSupport;
import org.qfpsim.controlplane.show.Clearing;
import org.qfpsim.controlplane.show.FileFilter;
import org.qfpsim.controlplane.show.Result;
import org.qfpsim.controlplane.show.ShowCommands;

/** The command line of a router. Each {@link Session} is a terminal with a mode of its own. */
public final class Console {
    private final Supervisor supervisor;
    private final Supervisor.Parts parts;
    private final ShowCommands exec;

    Console(final Supervisor supervisor, final Supervisor.Parts parts) {
        this.supervisor = supervisor;
        this.parts = parts;
        exec = new ShowCommands(supervisor.config().simulator().platform(), supervisor.config().simulator().release(), parts.counters(),
            Clearing.Source.NEVER, commands(supervisor, this::runs));
    }

    private boolean runs(final String line, final Output out) {
        return exec.run(line, out);
    }

    /** Every area of commands has a class of its own; they are put together by their first words. */
    private static List<CommandNode> commands(final Supervisor supervisor, final BiPredicate<String, Output> exec) {
        final List<CommandNode> all = new ArrayList<>();
        all.addAll(new ExecCommands(supervisor).commands());
        all.addAll(new SystemCommands(supervisor.box()).commands());
        all.addAll(new ConfigCommands(supervisor.box()).commands());
        all.addAll(new LogCommands(supervisor.box()).commands());
        all.addAll(new InterfaceCommands(supervisor.box()).commands());
        all.addAll(new RouteCommands(supervisor.box()).commands());
        all.addAll(new NeighborCommands(supervisor.box()).commands());
        all.addAll(new AccessListCommands(supervisor.box()).commands());
        all.addAll(new EventCommands(supervisor.box()).commands());
        all.addAll(new PingCommands(supervisor.box(), supervisor.echoes()).commands());
        all.addAll(new TechSupport(exec).commands());
        return all;
    }

    /** Opens a terminal. */
    Session session() {
        return new Session();
    }

    /** A terminal. */
    public final class Session {
        private @Nullable ConfigSession configuring;
        private Output later = text -> { };

        private Session() {
        }

        /**
         * Where a command's output goes that comes when {@link #type} has returned ({@code ping}); nowhere unless set.
         *
         * @param out takes it.
         */
        public void later(final Output out) {
            later = out;
        }

        private Result execute(final String line) {
            final StringBuilder text = new StringBuilder();
            final boolean[] returned = new boolean[1];
            final boolean ok = exec.run(line, piece -> {
                if (returned[0]) {
                    later.print(piece);
                } else {
                    text.append(piece);
                }
            });
            returned[0] = true;
            return new Result(ok, text.toString());
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
            return FileFilter.run(line, parts.flash(), this::execute).text();
        }

        private String configure(final ConfigSession session, final String line) {
            if (line.strip().startsWith("do ")) {
                return exec(line.strip().substring(3));
            }
            final ConfigSession.Reply reply = session.type(line);
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
            return FileFilter.run(line, parts.flash(), this::execute);
        }
    }
}
