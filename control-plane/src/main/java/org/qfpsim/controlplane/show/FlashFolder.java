package org.qfpsim.controlplane.show;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code flash:} as a folder of the host. Names are plain file names, so that nothing outside of the folder can be reached. */
public final class FlashFolder implements FlashFiles {
    private static final Pattern NAME = Pattern.compile("/?([A-Za-z0-9_][A-Za-z0-9._-]{0,63})");

    private final Path folder;
    private final long capacity;

    /**
     * Names the folder; it is made when something is written.
     *
     * @param folder   the folder.
     * @param capacity octets of all files together, 0 or more.
     */
    public FlashFolder(final Path folder, final long capacity) {
        this.folder = folder;
        this.capacity = capacity;
    }

    @Override
    public Sink open(final String name, final boolean append) throws IOException {
        final Path file = writable(name);
        final Writer writer = new OutputStreamWriter(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS, append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING), StandardCharsets.UTF_8);
        return new Open(new BufferedWriter(writer), capacity - used());
    }

    @Override
    public void write(final String name, final byte[] octets) throws IOException {
        final Path file = writable(name);
        final long freed = Files.exists(file) ? Files.size(file) : 0;
        if (used() - freed + octets.length > capacity) {
            throw new IOException("No space left on device");
        }
        Files.write(file, octets);
    }

    /** The file of a name, in a folder that is there, if it may be written. */
    private Path writable(final String name) throws IOException {
        Files.createDirectories(folder);
        final Path file = file(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("Not a file");
        }
        return file;
    }

    /** A file that is written, and the room that was left when it was opened. */
    private static final class Open implements Sink {
        private final Writer writer;
        private long room;

        Open(final Writer writer, final long room) {
            this.writer = writer;
            this.room = room;
        }

        @Override
        public void write(final String text) throws IOException {
            room -= text.getBytes(StandardCharsets.UTF_8).length;
            if (room < 0) {
                throw new IOException("No space left on device");
            }
            writer.write(text);
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    @Override
    public String read(final String name) throws IOException {
        final Path file = file(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("No such file or directory");
        }
        return Files.readString(file);
    }

    @Override
    public SortedMap<String, Long> list() throws IOException {
        final SortedMap<String, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (final Path file : (Iterable<Path>) files::iterator) {
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        sizes.put(String.valueOf(file.getFileName()), Files.size(file));
                    }
                }
            }
        }
        return sizes;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    private Path file(final String name) throws IOException {
        final var matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IOException("Invalid filename");
        }
        return folder.resolve(matcher.group(1));
    }

    private long used() throws IOException {
        return list().values().stream().mapToLong(Long::longValue).sum();
    }
}
