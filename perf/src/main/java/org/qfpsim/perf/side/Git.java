package org.qfpsim.perf.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qfpsim.sim.InputException;

/** The repository, through the git program. */
public final class Git {
    /** Where the probe lives in the sources; a version without it cannot be measured. */
    private static final String PROBE_SOURCE = "perf/src/main/java/org/qfpsim/perf/probe/Probe.java";

    private final Path root;
    private final String program;

    /**
     * Of the sources.
     *
     * @param root the working tree.
     */
    public Git(final Path root) {
        this(root, "git");
    }

    /** With another program. */
    Git(final Path root, final String program) {
        this.root = root;
        this.program = program;
    }

    /** What git said. */
    private record Answer(int code, List<String> lines, String error) {
    }

    /**
     * Whether a name is one.
     *
     * @param ref branch, tag, hash, {@code HEAD~3}.
     */
    public boolean isCommit(final String ref) {
        return ask("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}").code == 0;
    }

    /**
     * The commit of a name.
     *
     * @param ref branch, tag, hash, {@code HEAD~3}.
     * @return the whole hash.
     */
    public String commit(final String ref) {
        final Answer answer = ask("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}");
        if (answer.code != 0 || answer.lines.size() != 1) {
            final Answer inside = ask("rev-parse", "--git-dir");
            throw new InputException(inside.code == 0
                ? "perf: '" + ref + "' is neither a commit of this repository nor a folder with a qfp.jar; git log --oneline names commits"
                : "perf: " + root + " is not a git repository, so '" + ref + "' means nothing; name two folders with a qfp.jar");
        }
        return answer.lines.getFirst();
    }

    /**
     * Refuses a commit that has no probe.
     *
     * @param ref    what the user called it.
     * @param commit its hash.
     */
    public void requireProbe(final String ref, final String commit) {
        if (ask("cat-file", "-e", commit + ":" + PROBE_SOURCE).code != 0) {
            final List<String> first = ask("log", "--all", "--diff-filter=A", "--format=%h", "--", PROBE_SOURCE).lines;
            throw new InputException("perf: " + ref + " has no probe (" + PROBE_SOURCE + "); the first version that can be compared is "
                + (first.isEmpty() ? "not committed yet" : first.getLast()));
        }
    }

    /** Commits behind one and up to another, oldest first, first parents only. */
    public List<String> between(final String good, final String bad) {
        final Answer answer = ask("rev-list", "--reverse", "--first-parent", good + ".." + bad);
        if (answer.code != 0 || answer.lines.isEmpty()) {
            throw new InputException("perf bisect: there is no commit between " + good + " and " + bad + "; the older one comes first");
        }
        return answer.lines;
    }

    /**
     * A commit in one line.
     *
     * @param commit its hash.
     * @return short hash and subject.
     */
    public String describe(final String commit) {
        final Answer answer = ask("log", "-1", "--format=%h %s", commit);
        return answer.lines.isEmpty() ? commit : answer.lines.getFirst();
    }

    /**
     * Checks a commit out beside the sources.
     *
     * @param commit its hash.
     * @param folder that does not exist yet.
     */
    void addWorktree(final String commit, final Path folder) {
        final Answer answer = ask("worktree", "add", "--detach", "--force", folder.toString(), commit);
        if (answer.code != 0) {
            throw new InputException("perf: " + folder + ": git worktree add failed: " + answer.error);
        }
    }

    /**
     * Removes what {@link #addWorktree} made.
     *
     * @param folder it.
     */
    void removeWorktree(final Path folder) {
        ask("worktree", "remove", "--force", "--force", folder.toString());
        ask("worktree", "prune");
    }

    private Answer ask(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(program, "-C", root.toString()));
        command.addAll(List.of(arguments));
        try {
            final Path errors = Files.createTempFile("qfp-git", ".err");
            try {
                final Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                final List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
                return new Answer(process.waitFor(), lines, Files.readString(errors).lines().reduce("", (_, line) -> line));
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        } catch (final IOException e) {
            throw new InputException("perf: git is needed to find versions and cannot be started (" + e.getMessage()
                + "); install it, or name two folders with a qfp.jar", e);
        }
    }
}
