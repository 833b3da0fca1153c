package org.qfpsim.sim.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.StandardOutput;

/**
 * A file that a command writes: the target has either its old content or all of the new one, never a part. The octets go to
 * {@code .NAME.part} beside the target; {@link #commit} renames it, {@link #close} without commit deletes it. A target that is not a
 * regular file (a FIFO, a device, {@code -} for standard output) is written directly.
 *
 * <p>Every failure is an {@link InputException} that names the target. Single thread.
 */
public final class OutputFile implements AutoCloseable {
    /** Standard output. */
    public static final String STANDARD_OUTPUT = "-";
    private static final Set<String> STANDARD_OUTPUT_NAMES = Set.of(STANDARD_OUTPUT, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

    private static final int BUFFER_BYTES = 1 << 16;
    private static final String CANNOT_BE_WRITTEN = "cannot be written";

    private final String name;
    private final @Nullable Path target;
    private final @Nullable Path part;
    private final NamedStream stream;
    private boolean done;

    private OutputFile(final String name, final @Nullable Path target, final @Nullable Path part, final OutputStream raw) {
        this.name = name;
        this.target = target;
        this.part = part;
        this.stream = new NamedStream(name, new BufferedOutputStream(raw, BUFFER_BYTES));
    }

    /** Whether a name means standard output. */
    public static boolean isStandardOutput(final String name) {
        return STANDARD_OUTPUT_NAMES.contains(name);
    }

    /**
     * Opens a file for writing. A symbolic link is followed.
     *
     * @param name a path, or {@link #STANDARD_OUTPUT}.
     * @return the file, empty so far.
     * @throws InputException if it cannot be written.
     */
    public static OutputFile create(final String name) {
        if (STANDARD_OUTPUT.equals(name)) {
            return new OutputFile("standard output", null, null, StandardOutput.stream());
        }
        try {
            return create(Path.of(name));
        } catch (final InvalidPathException e) {
            throw new InputException("'" + e.getInput() + "' is not a file name: " + e.getReason() + "; choose another", e);
        }
    }

    /**
     * Opens a file for writing. A symbolic link is followed.
     *
     * @param path the target.
     * @return the file, empty so far.
     * @throws InputException if it cannot be written.
     */
    public static OutputFile create(final Path path) {
        if (Files.isDirectory(path)) {
            throw new InputException(path + ": cannot be written: it is a directory; name a file");
        }
        try {
            if (direct(path)) {
                // Appending: /dev/stdout may be a file into which this process has written before.
                return new OutputFile(path.toString(), null, null,
                    Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
            }
            final Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            final Path part = target.resolveSibling("." + target.getFileName() + ".part");
            final OutputStream raw = Files.newOutputStream(part);
            // For a program that is interrupted.
            part.toFile().deleteOnExit();
            return new OutputFile(path.toString(), target, part, raw);
        } catch (final IOException e) {
            throw InputException.io(path.toString(), CANNOT_BE_WRITTEN, e);
        }
    }

    /**
     * Writes a JSON object and a line feed.
     *
     * @param content what to write.
     * @throws InputException if it cannot be written.
     */
    public void writeJson(final Map<String, Object> content) {
        final byte[] json = (Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8);
        stream.write(json, 0, json.length);
    }

    /** Names below /dev and /proc stand for something that is open already, even where they lead to a regular file. */
    private static boolean direct(final Path path) {
        final Path absolute = path.toAbsolutePath().normalize();
        return Files.exists(path) && (!Files.isRegularFile(path) || absolute.startsWith("/dev") || absolute.startsWith("/proc"));
    }

    /** Where to write; buffered. Its methods throw {@link InputException}, never IOException. Closing it does not commit. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Makes what was written the content of the target. Nothing can be written afterwards.
     *
     * @throws InputException if that fails; the target is as it was.
     */
    public void commit() {
        try {
            stream.close();
            if (target != null && part != null) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            done = true;
        } catch (final IOException e) {
            throw InputException.io(name, CANNOT_BE_WRITTEN, e);
        }
    }

    /** Deletes what was written unless {@link #commit} came before; what went to a FIFO or device has gone there. */
    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            stream.close();
        } finally {
            discard();
        }
    }

    private void discard() {
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        } catch (final IOException e) {
            throw InputException.io(name, "the unfinished " + part + " cannot be deleted", e);
        }
    }

    /** Turns failures into exceptions that name the file. */
    private static final class NamedStream extends OutputStream {
        private final String name;
        private final OutputStream out;
        private boolean closed;

        NamedStream(final String name, final OutputStream out) {
            this.name = name;
            this.out = out;
        }

        private interface Action {
            void run() throws IOException;
        }

        private void guard(final Action action) {
            try {
                action.run();
            } catch (final IOException e) {
                throw InputException.io(name, CANNOT_BE_WRITTEN, e);
            }
        }

        @Override
        public void write(final int octet) {
            guard(() -> out.write(octet));
        }

        @Override
        public void write(final byte[] octets, final int offset, final int length) {
            guard(() -> out.write(octets, offset, length));
        }

        @Override
        public void flush() {
            guard(out::flush);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                guard(out::close);
            }
        }
    }
}
