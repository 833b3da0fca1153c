package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.BuildStore;
import org.qfpsim.perf.side.Git;
import org.qfpsim.sim.InputException;

/** Turns what the user names into builds: a folder, a jar, or a commit. */
final class Sides {
    /** The program that is running. */
    static final String RUNNING = ".";

    private static final int SHORT = 9;

    private final Path root = Path.of(System.getProperty("qfp.root", "."));
    private final BuildStore store;
    private final String[] suite;

    /** For probes of a suite, or for none. */
    Sides(final Path cache, final PrintWriter err, final String... suite) {
        store = new BuildStore(cache, git(), err);
        this.suite = suite.clone();
    }

    static Git git() {
        return new Git(Path.of(System.getProperty("qfp.root", ".")));
    }

    Build find(final String name) {
        if (name.equals(RUNNING)) {
            return Build.running("this build", root.resolve("jvm.flags"), suite);
        }
        final Path path = Path.of(name);
        if (Files.isRegularFile(path.resolve("qfp.jar"))) {
            return Build.of(name, path, suite);
        }
        if (name.endsWith(".jar") && Files.isRegularFile(path)) {
            return Build.of(name, path, path.toAbsolutePath().resolveSibling("jvm.flags"), suite);
        }
        // A branch may be called as a folder is.
        if (Files.isDirectory(path) && !git().isCommit(name)) {
            throw new InputException("perf: the folder " + name + " has no qfp.jar; it is made of perf/target/dist and jvm.flags");
        }
        final Path folder = store.of(name);
        final String commit = String.valueOf(folder.getFileName());
        // A branch moves on; the report should still say what was measured.
        return Build.of(commit.startsWith(name) ? name : name + " (" + commit.substring(0, SHORT) + ")", folder, suite);
    }
}
