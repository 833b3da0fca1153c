package org.qfpsim.perf.side;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.qfpsim.sim.InputException;

/**
 * Builds of commits, made once: {@code CACHE/<commit>/} has {@code qfp.jar}, {@code lib} and {@code jvm.flags}. A commit is checked out
 * into a worktree beside it, built there with Maven (offline if that can be), and the worktree is removed. A folder gets its name when it
 * is complete.
 */
public final class BuildStore {
    private static final long MOST_MINUTES = 30;

    private final Path cache;
    private final Git git;
    private final PrintWriter err;
    private final String builder;

    /**
     * Opens it.
     *
     * @param cache its folder; made when needed.
     * @param git   where commits come from.
     * @param err   says what takes long.
     */
    public BuildStore(final Path cache, final Git git, final PrintWriter err) {
        this(cache, git, err, "mvn");
    }

    /** With another builder. */
    BuildStore(final Path cache, final Git git, final PrintWriter err, final String builder) {
        this.builder = builder;
        this.cache = cache.toAbsolutePath();
        this.git = git;
        this.err = err;
    }

    /** {@code $XDG_CACHE_HOME/qfp-sim/builds}, or the same below {@code ~/.cache}. */
    public static Path home() {
        final String xdg = System.getenv("XDG_CACHE_HOME");
        final Path base = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("qfp-sim").resolve("builds");
    }

    /**
     * The build of a commit.
     *
     * @param ref what the user called it.
     * @return its folder.
     */
    public Path of(final String ref) {
        final String commit = git.commit(ref);
        git.requireProbe(ref, commit);
        final Path folder = cache.resolve(commit);
        if (!Files.isRegularFile(folder.resolve("qfp.jar"))) {
            make(ref, commit, folder);
        }
        return folder;
    }

    private void make(final String ref, final String commit, final Path folder) {
        final String unique = commit.substring(0, 12) + "-" + ProcessHandle.current().pid();
        final Path worktree = cache.resolve("worktree-" + unique);
        final Path partial = cache.resolve("partial-" + unique);
        // Also when the user loses patience.
        final Thread cleaner = new Thread(() -> clean(worktree, partial));
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            Files.createDirectories(cache);
            git.addWorktree(commit, worktree);
            build(ref, worktree, cache.resolve(commit + ".log"));
            copy(worktree.resolve("perf").resolve("target").resolve("dist"), partial);
            Files.copy(worktree.resolve("jvm.flags"), partial.resolve("jvm.flags"));
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw InputException.io(cache.toString(), "the build of " + ref + " cannot be kept there (--cache names another folder)", e);
        } finally {
            clean(worktree, partial);
            Runtime.getRuntime().removeShutdownHook(cleaner);
        }
    }

    private void build(final String ref, final Path worktree, final Path log) throws IOException {
        err.println("building " + ref + " (about a minute; kept in " + cache + ") ...");
        err.flush();
        if (maven(ref, worktree, log, "-o") != 0 && maven(ref, worktree, log, "-U") != 0) {
            try (Stream<String> lines = Files.lines(log)) {
                throw new InputException("perf: " + ref + " does not build: "
                    + lines.filter(line -> line.contains("ERROR")).findFirst().orElse("no message") + "; the whole output is in " + log);
            }
        }
        Files.deleteIfExists(log);
    }

    private int maven(final String ref, final Path worktree, final Path log, final String online) throws IOException {
        final ProcessBuilder command = new ProcessBuilder(builder, "-B", "-ntp", "-q", online, "-DskipTests", "-Dcheckstyle.skip",
            "package").directory(worktree.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        final Process process;
        try {
            process = command.start();
        } catch (final IOException e) {
            throw new InputException("perf: Maven (mvn) is needed to build " + ref
                + " and cannot be started; install it, or name folders with a "
                + "qfp.jar", e);
        }
        try (Status status = new Status(err)) {
            for (long second = 0; second < MOST_MINUTES * 60; second++) {
                if (process.waitFor(1, TimeUnit.SECONDS)) {
                    return process.exitValue();
                }
                status.say("building " + ref + ": " + second + " s");
            }
            throw new InputException("perf: " + ref + " was not built within " + MOST_MINUTES + " minutes; the output so far is in " + log);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private void clean(final Path worktree, final Path partial) {
        if (Files.exists(worktree)) {
            git.removeWorktree(worktree);
        }
        delete(worktree);
        delete(partial);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        for (final Path file : tree(from)) {
            final Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }

    private static void delete(final Path folder) {
        try {
            for (final Path file : tree(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException _) {
            return;
            // Left for the next start: its name is unique, and it is never taken for a build.
        }
    }

    private static List<Path> tree(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return new ArrayList<>(all.toList());
        }
    }
}
