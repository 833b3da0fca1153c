package org.qfpsim.sim.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.qfpsim.sim.InputException;

/** Programs of the machine: finds and runs them. */
final class Tool {
    private static final int SECONDS = 20;
    private static final int MAX_OUTPUT = 1 << 20;

    private Tool() {
    }

    /** Where a program is: in the PATH, or in the directories of programs for root and of daemons. */
    static Optional<Path> find(final String name) {
        final String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin", "/sbin", "/usr/lib/ipsec", "/usr/libexec/ipsec",
            "/usr/libexec/strongswan")).filter(directory -> !directory.isEmpty()).map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable).findFirst();
    }

    /**
     * Runs a program to its end.
     *
     * @param command its name and arguments.
     * @return what it wrote to its standard output.
     * @throws InputException with the end of what it wrote to its standard error, if it fails or takes 20 seconds.
     */
    static String run(final List<String> command) {
        try {
            final Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            final CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            final CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new InputException(String.join(" ", command) + ": not done after " + SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new InputException(String.join(" ", command) + ": " + (errors.join() + output.join()).lines()
                    .filter(line -> !line.isBlank()).reduce((first, second) -> second).orElse("exit code " + process.exitValue()));
            }
            return output.join();
        } catch (final IOException e) {
            throw InputException.io(command.getFirst(), "cannot be run", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted while " + command.getFirst() + " ran", e);
        }
    }

    private static String read(final InputStream in) {
        try {
            return new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
