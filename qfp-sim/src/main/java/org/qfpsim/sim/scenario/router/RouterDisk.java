package org.qfpsim.sim.scenario.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.exec.Nvram;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.sim.InputException;

/** What a router keeps when its power fails. Made when it is first written to, and gone with the scenario. */
final class RouterDisk implements AutoCloseable, FlashFiles, Nvram {
    private static final long FLASH_OCTETS = 64 << 20;

    private final String router;
    private @Nullable Path folder;
    private @Nullable FlashFolder flash;
    private String startup;

    /** A disk with a startup configuration on it. */
    RouterDisk(final String router, final String startup) {
        this.router = router;
        this.startup = startup;
    }

    /** The startup configuration. */
    @Override
    public String read() {
        return startup;
    }

    @Override
    public void write(final String text) throws IOException {
        if (text.getBytes(StandardCharsets.UTF_8).length > CAPACITY) {
            throw new IOException("No space left on device");
        }
        final Path file = folder().resolve("nvram_config");
        final Path part = folder().resolve("nvram_config.part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        startup = text;
    }

    private Path folder() throws IOException {
        Path made = folder;
        if (made == null) {
            made = Files.createTempDirectory("qfp-sim-" + router + "-", PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
            folder = made;
        }
        return made;
    }

    @Override
    public Sink open(final String name, final boolean append) throws IOException {
        return opened().open(name, append);
    }

    @Override
    public void write(final String name, final byte[] octets) throws IOException {
        opened().write(name, octets);
    }

    private FlashFolder opened() throws IOException {
        FlashFolder open = flash;
        if (open == null) {
            open = new FlashFolder(Files.createDirectories(folder().resolve("flash")), FLASH_OCTETS);
            flash = open;
        }
        return open;
    }

    @Override
    public String read(final String name) throws IOException {
        final FlashFolder open = flash;
        if (open == null) {
            throw new IOException("No such file or directory");
        }
        return open.read(name);
    }

    @Override
    public SortedMap<String, Long> list() throws IOException {
        final FlashFolder open = flash;
        return open == null ? new TreeMap<>() : open.list();
    }

    @Override
    public long capacity() {
        return FLASH_OCTETS;
    }

    /** Opens the SA database; one owner at a time. */
    SaDatabase database() {
        try {
            return SaDatabase.open(folder().resolve("sadb"));
        } catch (final IOException e) {
            throw InputException.io("SA database of " + router, "cannot be opened", e);
        }
    }

    @Override
    public void close() {
        final Path made = folder;
        if (made == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(made)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (final IOException e) {
            throw InputException.io(made.toString(), "cannot be removed", e);
        }
    }
}
