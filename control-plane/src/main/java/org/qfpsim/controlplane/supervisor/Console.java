package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.qfpsim.controlplane.capture.CaptureCommands;
import org.qfpsim.controlplane.capture.TraceCommands;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.cryptoshow.CryptoCommands;
import org.qfpsim.controlplane.exec.AccessListCommands;
import org.qfpsim.controlplane.exec.Box;
import org.qfpsim.controlplane.exec.ConfigCommands;
import org.qfpsim.controlplane.exec.EventCommands;
import org.qfpsim.controlplane.exec.InterfaceCommands;
import org.qfpsim.controlplane.exec.InventoryCommands;
import org.qfpsim.controlplane.exec.LogCommands;
import org.qfpsim.controlplane.exec.NeighborCommands;
import org.qfpsim.controlplane.exec.PingCommands;
import org.qfpsim.controlplane.exec.RouteCommands;
import org.qfpsim.controlplane.exec.SystemCommands;
import org.qfpsim.controlplane.exec.TechSupport;
import org.qfpsim.controlplane.exec.TracerouteCommands;
import org.qfpsim.controlplane.login.LoginShow;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.qfp.QfpShow;
import org.qfpsim.controlplane.show.CommandTree;
import org.qfpsim.controlplane.show.ShowCommands;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.History;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.controlplane.terminal.TerminalSettings;

/** The command language of a router. Each {@link ConsoleSession} is a terminal with a mode of its own. */
final class Console {
    private final Supervisor supervisor;
    private final ShowCommands exec;
    private final TerminalLines lines;
    private final SshService ssh;

    Console(final Supervisor supervisor, final SupervisorParts parts) {
        this.supervisor = supervisor;
        lines = new TerminalLines(new TerminalLines.Config(() -> supervisor.config().terminal().console(),
            line -> supervisor.config().terminal().virtual().get(line)), this::session,
            () -> supervisor.config().hostname());
        ssh = new SshService(supervisor::config, lines, supervisor.logins(), supervisor.log());
        final SimulatorConfig simulator = supervisor.config().simulator();
        final QfpShow qfp = supervisor.instruments().qfp();
        exec = new ShowCommands(simulator.platform(), simulator.release(), qfp.drops(), qfp.drops(), commands(parts));
    }

    /** Every area of commands has a class of its own; they are put together by their first words. */
    private List<CommandNode> commands(final SupervisorParts parts) {
        final List<CommandNode> all = new ArrayList<>();
        all.addAll(new ExecCommands(supervisor).commands());
        all.addAll(new CryptoCommands(supervisor.controlPlane(), parts.clock()).commands());
        all.addAll(supervisor.instruments().qfp().commands());
        final SimulatorConfig simulator = supervisor.config().simulator();
        all.addAll(new TraceCommands(supervisor.watch(), parts.clock(), simulator.platform().token(), simulator.release(), parts.flash())
            .commands());
        all.addAll(new CaptureCommands(supervisor.watch(), parts.clock(), parts.flash(),
            name -> supervisor.config().accessList(name).orElse(null)).commands());
        all.addAll(general(supervisor.box()));
        all.add(LoginShow.commands(supervisor.logins(), ssh));
        return all;
    }

    private List<CommandNode> general(final Box box) {
        final List<CommandNode> all = new ArrayList<>();
        all.addAll(new SystemCommands(box).commands());
        all.addAll(new ConfigCommands(box).commands());
        all.addAll(new LogCommands(box).commands());
        all.addAll(new InterfaceCommands(box).commands());
        all.addAll(new RouteCommands(box).commands());
        all.addAll(new NeighborCommands(box).commands());
        all.addAll(new AccessListCommands(box).commands());
        all.addAll(new EventCommands(box).commands());
        all.addAll(new InventoryCommands(box).commands());
        all.addAll(supervisor.instruments().processes().commands());
        all.addAll(new PingCommands(box, supervisor.echoes()).commands());
        all.addAll(new TracerouteCommands(box, supervisor.probes()).commands());
        all.addAll(new TechSupport(this::runs).commands());
        return all;
    }

    private boolean runs(final String line, final Output out) {
        return exec.run(line, out);
    }

    /** All commands of privileged exec mode, with some that belong to one session. */
    CommandTree privileged(final CommandNode... more) {
        final List<CommandNode> all = new ArrayList<>(exec.commands());
        all.addAll(Arrays.asList(more));
        return new CommandTree(all);
    }

    /** The commands of user exec mode, with some that belong to one session. */
    CommandTree user(final CommandNode... more) {
        final List<CommandNode> all = new ArrayList<>(UserMode.of(exec.commands()));
        all.addAll(Arrays.asList(more));
        return new CommandTree(all);
    }

    /** SSH. */
    SshService ssh() {
        return ssh;
    }

    /** The router's terminal lines. */
    TerminalLines lines() {
        return lines;
    }

    /** Opens a terminal that is used line by line and is privileged from the start: a scenario's, an applet's. */
    ConsoleSession session() {
        final TerminalSettings settings = new TerminalSettings(new TerminalSettings.Defaults(0, 0, 20, 0, false, ConsoleSession.PRIVILEGED,
            false, false));
        return session(Caller.console(false, 0, 0), settings, new History(settings), () -> "");
    }

    private ConsoleSession session(final Caller caller, final TerminalSettings settings, final History history,
                                   final Supplier<String> users) {
        return new ConsoleSession(supervisor, this, new ConsoleSession.Place(caller, settings, history, users));
    }
}
