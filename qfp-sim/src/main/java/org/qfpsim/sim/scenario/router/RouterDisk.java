package org.qfpsim.sim.scenario.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.exec.Nvram;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.sim.InputException;

/**
 * What a router keeps when its power fails: its startup configuration, flash and SA database. Made when it is first written to; gone with
 * the scenario, unless it is in a folder of the user.
 */
final class RouterDisk implements AutoCloseable, FlashFiles, Nvram {
    private static final long FLASH_OCTETS = 64 << 20;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String STARTUP = "nvram_config";
    private static final String FLASH = "flash";

    private final String router;
    private final boolean kept;
    private @Nullable Path folder;
    private @Nullable FlashFolder flash;
    private String startup;

    private RouterDisk(final String router, final @Nullable Path folder, final String startup) {
        this.router = router;
        this.startup = startup;
        this.folder = folder;
        kept = folder != null;
        flash = folder == null ? null : new FlashFolder(folder.resolve(FLASH), FLASH_OCTETS);
    }

    /** A disk with a startup configuration on it, for as long as the scenario lives. */
    static RouterDisk temporary(final String router, final String startup) {
        return new RouterDisk(router, null, startup);
    }

    /**
     * A disk that outlives this process, however it ends.
     *
     * @param router  its name, and that of its folder.
     * @param disks   where the folders are; made, for their owner alone, if there is none.
     * @param startup what it starts with if nobody has written another configuration to it.
     * @throws InputException if others may read what is there, since keys are in it.
     */
    static RouterDisk kept(final String router, final Path disks, final String startup) {
        final Path folder = disks.resolve(router);
        try {
            Files.createDirectories(disks);
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
                throw new InputException(folder + ": the disk of " + router + " must be a folder for its owner alone because of the keys in"
                    + " it: chmod 0700 " + folder);
            }
            final Path written = folder.resolve(STARTUP);
            return new RouterDisk(router, folder, Files.exists(written) ? Files.readString(written, StandardCharsets.UTF_8) : startup);
        } catch (final IOException e) {
            throw InputException.io(folder.toString(), "cannot be the disk of " + router, e);
        }
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
        final Path file = folder().resolve(STARTUP);
        final Path part = folder().resolve(STARTUP + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        startup = text;
    }

    private Path folder() throws IOException {
        Path made = folder;
        if (made == null) {
            made = Files.createTempDirectory("qfp-sim-" + router + "-", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
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
            open = new FlashFolder(Files.createDirectories(folder().resolve(FLASH)), FLASH_OCTETS);
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
        if (made == null || kept) {
            return;
        }
        try (Stream<Path> all = Files.walk(made)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (final IOException e) {
            throw InputException.io(made.toString(), "cannot be removed", e);
        }
    }
}
