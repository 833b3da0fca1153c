package org.qfpsim.sim.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.terminal.TerminalPump;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.live.LookAnswer;
import org.qfpsim.sim.live.LookSource;
import org.qfpsim.sim.live.RunningRouters;
import org.qfpsim.sim.live.ScenarioSource;
import org.qfpsim.sim.scenario.LiveScenario;

/**
 * Where other processes of the same user reach the routers' terminal lines: a Unix domain socket that only its owner can open, in a folder
 * that only he can enter.
 *
 * <p>A caller sends one line, {@code qfp-sim 1 ROUTER ROWS COLUMNS screen|plain}, then what is typed; {@code -} is the first router. He
 * gets what is shown. Or he sends {@code qfp-sim 1 ROUTER look} and gets one {@link LookAnswer}. Each caller has a thread of his own: one
 * who does not read keeps nobody waiting.
 */
public final class ConsoleSocket implements AutoCloseable {
    /** Stands for the first router. */
    static final String FIRST = "-";
    private static final int MAX_HELLO = 200;
    private static final int MAX_CALLERS = 64;
    private static final int MAX_LOOKS = 16;
    /** How long a caller may take to say who he is, and one who looks to take his answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LiveScenario scenario;
    private final Path folder;
    private final ServerSocketChannel server;
    private final Semaphore free = new Semaphore(MAX_CALLERS);
    private final Semaphore freeLooks = new Semaphore(MAX_LOOKS);
    private final LookSource looks;

    private ConsoleSocket(final LiveScenario scenario, final Path folder, final ServerSocketChannel server) {
        this.scenario = scenario;
        this.folder = folder;
        this.server = server;
        looks = new ScenarioSource(scenario, System::nanoTime);
    }

    /**
     * Opens the socket.
     *
     * @param scenario whose routers can be reached.
     * @return the socket, which takes callers until it is closed.
     */
    public static ConsoleSocket open(final LiveScenario scenario) {
        try {
            final Path folder = Files.createTempDirectory(RunningRouters.PREFIX + ProcessHandle.current().pid() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            final Path path = folder.resolve(RunningRouters.SOCKET);
            final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            // A signal that ends the process leaves nothing behind; what was registered last goes first.
            folder.toFile().deleteOnExit();
            path.toFile().deleteOnExit();
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            final ConsoleSocket socket = new ConsoleSocket(scenario, folder, server);
            Thread.ofPlatform().daemon().name("console-socket").start(socket::accept);
            return socket;
        } catch (final IOException e) {
            throw InputException.io("console socket", "cannot be opened", e);
        }
    }

    /** The folder of the socket. */
    public Path folder() {
        return folder;
    }

    /**
     * Connects to the socket of another process.
     *
     * @param where its process number, the folder, or the socket.
     * @return the connection.
     */
    static SocketChannel connect(final String where) {
        final Path path = RunningRouters.socket(where);
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(path));
        } catch (final IOException e) {
            throw InputException.io(path.toString(), "cannot be connected to; is the router still running?", e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                final SocketChannel caller = server.accept();
                if (free.tryAcquire()) {
                    Thread.ofVirtual().name("console-caller").start(() -> {
                        try {
                            serve(caller);
                        } finally {
                            free.release();
                        }
                    });
                } else {
                    caller.close();
                }
            } catch (final IOException e) {
                // The socket was closed, or the caller was gone before he was taken.
                continue;
            }
        }
    }

    private void serve(final SocketChannel caller) {
        try (caller) {
            final InputStream in = Channels.newInputStream(caller);
            final OutputStream out = Channels.newOutputStream(caller);
            final String[] words = within(PATIENCE, caller, () -> hello(in)).split(" ");
            if (words.length == 4 && words[3].equals(RunningRouters.LOOK)) {
                look(words[2], caller, out);
                return;
            }
            if (words.length != 6 || !words[3].matches("[0-9]{1,3}") || !words[4].matches("[0-9]{1,3}")) {
                return;
            }
            final String router = words[2].equals(FIRST) ? "" : words[2];
            if (!router.isEmpty() && !scenario.routers().contains(router)) {
                out.write(("% There is no router " + router + ": " + String.join(", ", scenario.routers()) + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
                return;
            }
            final TerminalPort port = scenario.terminal(scenario.router(router), Caller.owner(words[5].equals("screen"), "local",
                Integer.parseInt(words[4]), Integer.parseInt(words[3])));
            TerminalPump.start(in, out, port).join();
        } catch (final IOException e) {
            // The caller has gone away; his session ends as its port does.
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(final String router, final SocketChannel caller, final OutputStream out) throws IOException {
        if (!freeLooks.tryAcquire()) {
            return;
        }
        try {
            final byte[] answer = LookAnswer.to(looks, router.equals(FIRST) ? "" : router);
            within(PATIENCE, caller, () -> {
                out.write(answer);
                return "";
            });
        } finally {
            freeLooks.release();
        }
    }

    /** Input or output. */
    @FunctionalInterface
    private interface Exchange {
        String run() throws IOException;
    }

    /** Closes the connection if it takes longer. */
    private static String within(final Duration most, final SocketChannel caller, final Exchange exchange) throws IOException {
        final Thread watchdog = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(most);
                caller.close();
            } catch (final InterruptedException | IOException done) {
                // It was in time, or has closed the connection itself.
                return;
            }
        });
        try {
            return exchange.run();
        } finally {
            watchdog.interrupt();
        }
    }

    private static String hello(final InputStream in) throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n' && line.size() < MAX_HELLO; octet = in.read()) {
            line.write(octet);
        }
        final String text = line.toString(StandardCharsets.UTF_8);
        return text.startsWith(RunningRouters.HELLO) ? text : "";
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(folder.resolve(RunningRouters.SOCKET));
            Files.deleteIfExists(folder);
        } catch (final IOException e) {
            throw InputException.io(folder.toString(), "cannot be removed", e);
        }
    }
}
