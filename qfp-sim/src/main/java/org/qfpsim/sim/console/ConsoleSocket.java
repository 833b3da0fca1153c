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
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.terminal.TerminalPump;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.LiveScenario;

/**
 * Where other processes of the same user reach the routers' terminal lines: a Unix domain socket that only its owner can open, in a folder
 * that only he can enter.
 *
 * <p>A caller sends one line, {@code qfp-sim 1 ROUTER ROWS COLUMNS screen|plain}, then what is typed; {@code -} is the first router. He
 * gets what is shown.
 */
final class ConsoleSocket implements AutoCloseable {
    /** First words of a caller's line. */
    static final String HELLO = "qfp-sim 1 ";
    /** Stands for the first router. */
    static final String FIRST = "-";
    private static final String PREFIX = "qfp-sim-console-";
    private static final String NAME = "console.sock";
    private static final int MAX_HELLO = 200;
    private static final int MAX_CALLERS = 64;

    private final LiveScenario scenario;
    private final Path folder;
    private final ServerSocketChannel server;
    private final Semaphore free = new Semaphore(MAX_CALLERS);

    private ConsoleSocket(final LiveScenario scenario, final Path folder, final ServerSocketChannel server) {
        this.scenario = scenario;
        this.folder = folder;
        this.server = server;
    }

    /**
     * Opens the socket.
     *
     * @param scenario whose routers can be reached.
     * @return the socket, which takes callers until it is closed.
     */
    static ConsoleSocket open(final LiveScenario scenario) {
        try {
            final Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            final Path path = folder.resolve(NAME);
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
    Path folder() {
        return folder;
    }

    /**
     * Connects to the socket of another process.
     *
     * @param where its process number, the folder, or the socket.
     * @return the connection.
     */
    static SocketChannel connect(final String where) {
        final Path path = find(where);
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(path));
        } catch (final IOException e) {
            throw InputException.io(path.toString(), "cannot be connected to; is the router still running?", e);
        }
    }

    private static Path find(final String where) {
        if (!where.matches("[0-9]{1,9}")) {
            final Path path = Path.of(where);
            return Files.isDirectory(path) ? path.resolve(NAME) : path;
        }
        final Path base = Path.of(System.getProperty("java.io.tmpdir"));
        final String user = System.getProperty("user.name");
        try (Stream<Path> all = Files.list(base)) {
            final List<Path> found = all.filter(each -> String.valueOf(each.getFileName()).startsWith(PREFIX + where + "-"))
                .filter(each -> ownedBy(each, user)).toList();
            if (found.isEmpty()) {
                throw new InputException("--attach " + where + ": process " + where + " of user " + user
                    + " has no console in " + base + "; './qfp console' prints the number when it starts");
            }
            return found.getFirst().resolve(NAME);
        } catch (final IOException e) {
            throw InputException.io(base.toString(), "cannot be listed", e);
        }
    }

    private static boolean ownedBy(final Path path, final String user) {
        try {
            return Files.getOwner(path).getName().equals(user);
        } catch (final IOException e) {
            return false;
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
            final String[] words = hello(in).split(" ");
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

    private static String hello(final InputStream in) throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n' && line.size() < MAX_HELLO; octet = in.read()) {
            line.write(octet);
        }
        final String text = line.toString(StandardCharsets.UTF_8);
        return text.startsWith(HELLO) ? text : "";
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(folder.resolve(NAME));
            Files.deleteIfExists(folder);
        } catch (final IOException e) {
            throw InputException.io(folder.toString(), "cannot be removed", e);
        }
    }
}
