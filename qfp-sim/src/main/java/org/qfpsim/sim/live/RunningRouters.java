package org.qfpsim.sim.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.sim.InputException;

/**
 * Finds processes of this user that run routers: each has a folder with a socket under the temporary directory. A caller of the socket
 * sends a line, {@code qfp-sim 1 ROUTER ...}.
 */
public final class RunningRouters {
    /** How a folder's name begins; the process number follows. */
    public static final String PREFIX = "qfp-sim-console-";
    /** The socket in it. */
    public static final String SOCKET = "console.sock";
    /** First words of a caller's line. */
    public static final String HELLO = "qfp-sim 1 ";
    /** Asks for a {@link LookAnswer}. */
    public static final String LOOK = "look";

    private static final Pattern FOLDER = Pattern.compile(PREFIX + "([0-9]{1,9})-.*");
    private static final String NUMBER = "[0-9]{1,9}";

    private RunningRouters() {
    }

    private record Found(long pid, Path folder) {
    }

    /**
     * The socket of a process.
     *
     * @param where its process number, the folder, or the socket.
     * @return the socket's path.
     */
    public static Path socket(final String where) {
        if (!where.matches(NUMBER)) {
            final Path path = Path.of(where);
            return Files.isDirectory(path) ? path.resolve(SOCKET) : path;
        }
        final long pid = Long.parseLong(where);
        return all(base()).stream().filter(each -> each.pid == pid).findFirst().orElseThrow(() -> new InputException("process " + where
            + " of user " + System.getProperty("user.name") + " has no console in " + base()
            + "; './qfp console' prints the number when it starts")).folder.resolve(SOCKET);
    }

    /**
     * Opens whatever it is that is to be watched.
     *
     * @param where    a process number, a folder, a socket or a counters file; empty: the only process there is.
     * @param platform of a counters file, which does not say its own.
     * @return the source.
     */
    public static LookSource open(final String where, final PlatformProfile platform) {
        if (where.isEmpty()) {
            return new SocketSource(only(base()));
        }
        if (where.matches(NUMBER)) {
            return new SocketSource(socket(where));
        }
        final Path path = Path.of(where);
        if (!Files.exists(path)) {
            throw new InputException(where + ": is neither a process number, nor the folder of a running router, nor a counters file");
        }
        return Files.isRegularFile(path) ? new FileSource(path, platform, System::nanoTime) : new SocketSource(socket(where));
    }

    static Path only(final Path base) {
        // A process that was killed leaves its folder behind.
        final List<Found> alive = all(base).stream().filter(each -> ProcessHandle.of(each.pid).isPresent()).toList();
        if (alive.isEmpty()) {
            throw new InputException("no router is running; start one in another terminal (./qfp console, ./qfp serve), or name a counters"
                + " file (./qfp traffic --counters FILE)");
        }
        if (alive.size() > 1) {
            throw new InputException("more than one process runs routers; say which: " + alive.stream().map(each -> each.pid + " ("
                + each.folder + ")").collect(Collectors.joining(", ")));
        }
        return alive.getFirst().folder.resolve(SOCKET);
    }

    private static Path base() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static List<Found> all(final Path base) {
        final String user = System.getProperty("user.name");
        try (Stream<Path> files = Files.list(base)) {
            return files.flatMap(RunningRouters::found).filter(each -> ownedBy(each.folder, user))
                .sorted(Comparator.comparingLong(Found::pid)).toList();
        } catch (final IOException e) {
            throw InputException.io(base.toString(), "cannot be listed", e);
        }
    }

    private static Stream<Found> found(final Path path) {
        final Matcher name = FOLDER.matcher(String.valueOf(path.getFileName()));
        return name.matches() ? Stream.of(new Found(Long.parseLong(name.group(1)), path)) : Stream.empty();
    }

    private static boolean ownedBy(final Path path, final String user) {
        try {
            return Files.getOwner(path).getName().equals(user);
        } catch (final IOException e) {
            return false;
        }
    }
}
