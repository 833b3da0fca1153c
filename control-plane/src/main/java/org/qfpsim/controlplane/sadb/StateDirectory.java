package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the database lives. There are keys in it, so the directory is its owner's alone (0700) and so is every file (0600); anything else
 * is refused rather than mended, since somebody may have read the keys already.
 *
 * <table>
 *   <caption>files</caption>
 *   <tr><td>sas.dat</td><td>the records: a Chronicle Map</td></tr>
 *   <tr><td>sas.new</td><td>the same while it is made</td></tr>
 *   <tr><td>head</td><td>{@link Head}</td></tr>
 *   <tr><td>lock</td><td>locked while a router owns the database; nobody else opens it, because closing it would end the lock</td></tr>
 *   <tr><td>copy-PID-N</td><td>what a reader reads</td></tr>
 * </table>
 */
record StateDirectory(Path path) {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final String COPY = "copy-";

    /** Makes the directory if there is none, and checks it. */
    static StateDirectory prepare(final Path path) {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(DIRECTORY));
            }
        } catch (final FileAlreadyExistsException e) {
            // Made meanwhile: checked below.
        } catch (final IOException e) {
            throw SaDatabaseException.io(path, e);
        }
        return existing(path);
    }

    /** Checks a directory that must be there. */
    static StateDirectory existing(final Path path) {
        if (!Files.isDirectory(path)) {
            throw new SaDatabaseException(path, "no such directory; name the state directory of a router");
        }
        check(path, DIRECTORY, "0700");
        return new StateDirectory(path);
    }

    Path data() {
        return path.resolve("sas.dat");
    }

    Path fresh() {
        return path.resolve("sas.new");
    }

    Path head() {
        return path.resolve("head");
    }

    Path lock() {
        return path.resolve("lock");
    }

    /** For the calling thread, which reads one database at a time. */
    Path copy() {
        return path.resolve(COPY + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId());
    }

    /** Makes a file if there is none, and checks it. */
    Path create(final Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
        } catch (final FileAlreadyExistsException e) {
            checkFile(file);
        } catch (final IOException e) {
            throw SaDatabaseException.io(file, e);
        }
        return file;
    }

    /** Refuses a file that others may read, and what is no file. */
    Path checkFile(final Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new SaDatabaseException(file, "is not a regular file; remove it");
        }
        check(file, FILE, "0600");
        return file;
    }

    private static void check(final Path file, final Set<PosixFilePermission> wanted, final String octal) {
        try {
            final Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!mode.equals(wanted)) {
                throw new SaDatabaseException(file, "mode is " + PosixFilePermissions.toString(mode) + ", must be "
                    + PosixFilePermissions.toString(wanted) + " because of the keys in it; chmod " + octal + " " + file);
            }
        } catch (final UnsupportedOperationException e) {
            throw new SaDatabaseException(file, "its file system has no modes to protect the keys with; choose another directory", e);
        } catch (final IOException e) {
            throw SaDatabaseException.io(file, e);
        }
    }

    /** Removes what readers that were killed have left. */
    void removeOrphans() {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(path, COPY + "*-*")) {
            for (final Path copy : copies) {
                final String pid = copy.getFileName().toString().substring(COPY.length()).replaceFirst("-.*", "");
                if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    Files.deleteIfExists(copy);
                }
            }
        } catch (final IOException e) {
            throw SaDatabaseException.io(path, e);
        }
    }
}
