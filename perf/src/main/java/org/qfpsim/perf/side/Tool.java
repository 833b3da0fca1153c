package org.qfpsim.perf.side;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of the machine. */
public final class Tool {
    private Tool() {
    }

    /**
     * Looks a program up as a shell does.
     *
     * @param name of the program.
     * @return where it is; empty if {@code PATH} does not lead to it.
     */
    public static Optional<Path> find(final String name) {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(":", -1)).filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }
}
