package org.qfpsim.sim.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.terminal.TerminalPump;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.console.ssh.ListenAddress;
import org.qfpsim.sim.console.ssh.SshListener;
import org.qfpsim.sim.live.RunningRouters;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.Attachment;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A router that lives, with its console on this terminal. */
@Command(name = "console", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"A router in real time, its scenario's traffic, and its console.",
        "The keys are those of the platform; 'exit' in exec mode ends the program, and so does Ctrl-\\.",
        "Without a terminal, commands are read from standard input, one a line, and a transcript is written; at its end the program ends."})
public final class ConsoleCommand implements Callable<Integer> {
    private static final long SLICE = 50_000_000;
    private static final int BUFFER = 4096;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterSource source = new RouterSource();

    @Option(names = "--attach", paramLabel = "PID_OR_DIR",
        description = {"Instead of a router of its own: a terminal line of one that './qfp console' runs elsewhere. Or, as often as",
            "wanted, INTERFACE=PORT: an interface of this machine instead of a link: GigabitEthernet0/0/0=eth:veth0 (docs/interop.md)."})
    private List<String> attach = new ArrayList<>();

    @Option(names = "--ssh", paramLabel = "[ADDRESS:]PORT",
        description = {"Lets SSH in to the router, on the loopback address unless another one is given; port 0: any that is free.",
            "The router decides who may log in: 'username NAME privilege 15 secret PASSWORD', and 'line vty 0 4' with 'login local' and"
                + " 'transport input ssh'."})
    private @Nullable String ssh;

    @Option(names = "--ssh-host-key", paramLabel = "FILE",
        description = "Private key that proves who we are; made if it is missing (default qfp-sim/ssh_host_rsa_key in $XDG_STATE_HOME or"
            + " ~/.local/state).")
    private @Nullable Path hostKey;

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "dedicated",
        description = "dedicated: routers have threads of their own; invoker: one thread (default dedicated).")
    private String mode = "";

    @Option(names = "--disk", paramLabel = "FOLDER",
        description = {"Keeps what a router has on its disk in FOLDER/ROUTER, however the program ends: what 'write' has written, which is",
            "what it starts with then; flash:; the SA database of 'qfp-sim restore-sas'. Otherwise it is gone with the program."})
    private @Nullable Path disk;

    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new ConsoleCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.DROP_COUNTERS, "console"));
        }
    }

    @Override
    public Integer call() {
        final List<String> others = attach.stream().filter(text -> text.indexOf('=') < 0).toList();
        if (!others.isEmpty()) {
            if (attach.size() > 1) {
                throw new InputException("--attach " + others.getFirst() + " is a router of another process; leave the other --attach out");
            }
            if (ssh != null) {
                throw new InputException("--attach " + others.getFirst()
                    + " and --ssh exclude each other; the process that has the router listens");
            }
            return attach(others.getFirst());
        }
        final Mode threads = switch (mode) {
            case "invoker" -> Mode.INVOKER;
            case "dedicated" -> Mode.DEDICATED;
            default -> throw new InputException("--mode " + mode + " is neither invoker nor dedicated");
        };
        final ListenAddress address = sshAddress();
        try (LiveScenario scenario = LiveScenario.build(source.folder(), new RouterFactory(new KeyExport(), disk),
            new ScenarioRunner.Settings(threads, () -> NetworkClock.real(System::nanoTime), null, null,
                attach.stream().map(Attachment::parse).toList()));
            ConsoleSocket socket = ConsoleSocket.open(scenario)) {
            final String router = scenario.router(source.router());
            final PrintWriter err = spec.commandLine().getErr();
            err.println("qfp: console of " + router + " of " + String.join(", ", scenario.routers()) + "; another terminal: ./qfp console"
                + " --attach " + ProcessHandle.current().pid() + " (" + socket.folder() + ")");
            err.flush();
            try (SshListener listener = address == null ? null : SshListener.open(scenario, router, address, hostKey)) {
                if (listener != null) {
                    announce(listener, router, err);
                }
                sit(scenario, router);
            }
            final List<String> problems = scenario.problems();
            problems.forEach(problem -> err.println("qfp: " + problem));
            err.flush();
            return problems.isEmpty() ? Main.OK : Main.FAILED;
        }
    }

    /** Sits at the console until its session is over; the scenario runs as long. */
    private static void sit(final LiveScenario scenario, final String router) {
        try (LocalTerminal terminal = LocalTerminal.open()) {
            final TerminalPort port = scenario.terminal(router, Caller.console(terminal.screen(), terminal.columns(), terminal.rows()));
            final TerminalPump pump = TerminalPump.start(terminal.in(), terminal.out(), port);
            while (pump.isRunning()) {
                scenario.run(scenario.nanos() + SLICE);
            }
        }
    }

    /** Where to listen for SSH, if that is wanted; known before anything starts. */
    private @Nullable ListenAddress sshAddress() {
        if (ssh == null && hostKey != null) {
            throw new InputException("--ssh-host-key " + hostKey + " is for --ssh; add --ssh PORT");
        }
        return ssh == null ? null : ListenAddress.parse("--ssh", ssh);
    }

    private static void announce(final SshListener listener, final String router, final PrintWriter err) {
        final InetAddress address = listener.address().getAddress();
        err.println("qfp: SSH to " + router + ": ssh -p " + listener.address().getPort() + " NAME@" + address.getHostAddress()
            + (address.isLoopbackAddress() ? "" : "; other machines can reach it, who gets in is the router's configuration"));
        err.flush();
    }

    private int attach(final String where) {
        try (SocketChannel channel = ConsoleSocket.connect(where); LocalTerminal terminal = LocalTerminal.open()) {
            final String router = source.router().isEmpty() ? ConsoleSocket.FIRST : source.router();
            final String hello = RunningRouters.HELLO + router + " " + Math.min(terminal.rows(), 512) + " "
                + Math.min(terminal.columns(), 512) + (terminal.screen() ? " screen\n" : " plain\n");
            Channels.newOutputStream(channel).write(hello.getBytes(StandardCharsets.UTF_8));
            Thread.ofPlatform().daemon().name("keyboard").start(() -> type(terminal.in(), channel));
            show(Channels.newInputStream(channel), terminal.out());
            return Main.OK;
        } catch (final IOException e) {
            throw InputException.io("the connection to " + where, "has failed", e);
        }
    }

    private static void show(final InputStream shown, final OutputStream screen) throws IOException {
        final byte[] octets = new byte[BUFFER];
        for (int count = read(shown, octets); count >= 0; count = read(shown, octets)) {
            try {
                screen.write(octets, 0, count);
                screen.flush();
            } catch (final IOException e) {
                // Who cannot be shown anything has hung up, as at a console of our own.
                return;
            }
        }
    }

    private static int read(final InputStream shown, final byte[] octets) throws IOException {
        try {
            return shown.read(octets);
        } catch (final SocketException e) {
            // The session was over before everything typed was read: "exit" in the middle of what was pasted.
            return -1;
        }
    }

    private static void type(final InputStream keys, final SocketChannel channel) {
        try {
            keys.transferTo(Channels.newOutputStream(channel));
            channel.shutdownOutput();
        } catch (final IOException e) {
            // The session is over: who reads from it sees that, too.
            return;
        }
    }
}
