package org.qfpsim.perf.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;

class GitTest {
    private static final String PROBE = "perf/src/main/java/org/qfpsim/perf/probe/Probe.java";

    @TempDir
    private Path folder;

    @Test
    void shouldNameCommitsAndRefuseOthers() throws IOException, InterruptedException {
        repository();
        final Git git = new Git(folder);
        final String first = git.commit("HEAD~2");

        assertThat(git.commit("HEAD")).hasSize(40).isNotEqualTo(first);
        assertThat(git.between(first, git.commit("HEAD"))).hasSize(2).endsWith(git.commit("HEAD"));
        assertThat(git.describe("HEAD")).endsWith(" third");
        assertThatThrownBy(() -> git.commit("no-such-branch")).isInstanceOf(InputException.class)
            .hasMessageContaining("'no-such-branch' is neither a commit of this repository nor a folder with a qfp.jar");
        assertThatThrownBy(() -> git.commit("--all")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> git.between(git.commit("HEAD"), first)).isInstanceOf(InputException.class)
            .hasMessageContaining("the older one comes first");
    }

    @Test
    void shouldNameTheFirstVersionWithAProbe() throws IOException, InterruptedException {
        repository();
        final Git git = new Git(folder);
        final String first = git.commit("HEAD~2");

        git.requireProbe("HEAD", git.commit("HEAD"));
        assertThatThrownBy(() -> git.requireProbe("v1", first)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("perf: v1 has no probe")
            .hasMessageContaining("the first version that can be compared is " + git.commit("HEAD~1").substring(0, 7));
    }

    @Test
    void shouldLeaveNothingBehindWhenABuildFails() throws IOException, InterruptedException {
        repository();
        final Path cache = folder.resolve("cache");
        final BuildStore store = new BuildStore(cache, new Git(folder), new PrintWriter(new StringWriter()));

        // There is no pom.xml: whatever Maven says, and also when there is none.
        assertThatThrownBy(() -> store.of("HEAD")).isInstanceOf(InputException.class).hasMessageContaining("HEAD");
        try (var files = Files.list(cache)) {
            assertThat(files).allSatisfy(file -> assertThat(file.toString()).endsWith(".log"));
        }
        assertThat(git("worktree", "list")).hasSize(1);
    }

    @Test
    void shouldBuildACommitOnceAndRemoveTheWorktree() throws IOException, InterruptedException {
        repository();
        commit("jvm.flags", "-Xmx1g");
        final Path builder = folder.resolve("builder");
        final Path calls = folder.resolve("calls");
        Files.writeString(builder, "#!/bin/sh\necho \"$@\" >> '" + calls + "'\ntest \"$4\" = -U || exit 1\n"
            + "mkdir -p perf/target/dist/lib && cp NEWS perf/target/dist/qfp.jar && cp README perf/target/dist/lib/a.jar\n");
        Assumptions.assumeTrue(builder.toFile().setExecutable(true), "scripts");
        final Path cache = folder.resolve("cache");
        final BuildStore store = new BuildStore(cache, new Git(folder), new PrintWriter(new StringWriter()), builder.toString());

        final Path built = store.of("HEAD");
        assertThat(store.of("HEAD")).isEqualTo(built).isEqualTo(cache.resolve(new Git(folder).commit("HEAD")));
        assertThat(built.resolve("qfp.jar")).hasContent("third");
        assertThat(built.resolve("lib").resolve("a.jar")).hasContent("first");
        assertThat(built.resolve("jvm.flags")).hasContent("-Xmx1g");
        // Offline first, then once with the network; the second time nothing.
        assertThat(Files.readAllLines(calls)).hasSize(2);
        try (var files = Files.list(cache)) {
            assertThat(files).containsExactly(built);
        }
        assertThat(git("worktree", "list")).hasSize(1);
    }

    @Test
    void shouldSayThatGitIsMissing() {
        assertThatThrownBy(() -> new Git(folder, "no-such-git").commit("HEAD")).isInstanceOf(InputException.class)
            .hasMessageContaining("git is needed").hasMessageContaining("name two folders with a qfp.jar");
    }

    @Test
    void shouldSayThatThereIsNoRepository() {
        Assumptions.assumeTrue(present(), "git");
        assertThatThrownBy(() -> new Git(folder).commit("HEAD")).isInstanceOf(InputException.class)
            .hasMessageContaining("is not a git repository");
    }

    private void repository() throws IOException, InterruptedException {
        Assumptions.assumeTrue(present(), "git");
        git("init", "-q");
        commit("README", "first");
        commit(PROBE, "second");
        commit("NEWS", "third");
    }

    private void commit(final String file, final String subject) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve(file).resolveSibling(""));
        Files.writeString(folder.resolve(file), subject);
        git("add", file);
        git("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "-q", "-m", subject);
    }

    private List<String> git(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor()).as(lines.toString()).isZero();
        return lines;
    }

    private static boolean present() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (final IOException _) {
            return false;
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
