package org.qfpsim.sim.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.OutputFile;

/** Sees to it that no file is written twice, or over what is read. */
final class DistinctFiles {
    private static final Path NOWHERE = Path.of("/dev/null");

    private final Map<Path, String> roles = new HashMap<>();

    /** Takes note of a file that is read. */
    void input(final String role, final @Nullable String name) {
        if (name != null) {
            roles.putIfAbsent(identity(name), role);
        }
    }

    /**
     * Takes note of a file that will be written.
     *
     * @param role the option.
     * @param name its value, or null.
     * @throws InputException if the file has a role already.
     */
    void output(final String role, final @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return;
        }
        final Path file = identity(name);
        final String other = file.equals(NOWHERE) ? null : roles.putIfAbsent(file, role);
        if (other != null) {
            throw new InputException(name + ": is the file of " + other + " already; give " + role + " another one");
        }
    }

    /** The same for all names of a file, whether it exists or not. */
    private static Path identity(final String name) {
        final Path path = OutputFile.isStandardOutput(name) ? Path.of("/dev/stdout") : Path.of(name).toAbsolutePath().normalize();
        final Path parent = path.getParent();
        try {
            return Files.exists(path) || parent == null ? path.toRealPath() : parent.toRealPath().resolve(path.getFileName());
        } catch (final IOException e) {
            // A pipe has no real path; of a missing directory the reading or writing will tell.
            return path;
        }
    }
}
