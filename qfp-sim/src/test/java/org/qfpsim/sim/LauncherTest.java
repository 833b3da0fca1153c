package org.qfpsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a project of empty files, with a JDK and a Maven that only say how they were called. */
class LauncherTest {
    private static final String ECHO_ARGUMENTS = "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done\nexit 7\n";
    private static final String FAKE_MAVEN = """
        #!/bin/sh
        echo built >> builds
        [ ! -f broken ] || { echo '[ERROR] Foo.java:[1] does not compile'; exit 1; }
        mkdir -p perf/target/dist && : > perf/target/dist/qfp.jar
        """;

    private record Result(int code, String out, String err) {
    }

    @TempDir
    private Path directory;
    private Path project;
    private Path jdk;
    private Path bin;

    @BeforeEach
    void makeProject() throws IOException {
        final Path root = Path.of(System.getProperty("qfp.root"));
        directory = directory.toRealPath();
        project = Files.createDirectories(directory.resolve("a project"));
        for (final String module : List.of("datapath", "control-plane", "qfp-sim", "perf")) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.createFile(project.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(project.resolve("pom.xml"));
        Files.createFile(project.resolve("jvm.flags"));
        Files.copy(root.resolve("qfp"), project.resolve("qfp"));
        Files.setPosixFilePermissions(project.resolve("qfp"), PosixFilePermissions.fromString("rwxr-xr-x"));
        bin = Files.createDirectory(directory.resolve("bin"));
        script(bin.resolve("mvn"), FAKE_MAVEN);
        jdk = makeJdk("jdk-25", "25.0.3");
    }

    @Test
    void shouldBuildOnceThenRunWithEveryArgumentAndTheExitCode() throws Exception {
        final Result first = launch(project.resolve("qfp"), jdk, "replay", "a b.pcap", "--show", "show x | inc 'y'", "");
        assertThat(first.code).isEqualTo(7);
        assertThat(first.err.lines()).containsExactly("building qfp-sim (first run, about a minute)...");
        assertThat(first.out.lines()).containsExactly("[@" + project + "/jvm.flags]", "[-Dqfp.root=" + project + "]", "[-jar]",
            "[" + project + "/perf/target/dist/qfp.jar]", "[replay]", "[a b.pcap]", "[--show]", "[show x | inc 'y']", "[]");

        assertThat(launch(project.resolve("qfp"), jdk).err).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldRunThroughRelativeAndAbsoluteLinks() throws Exception {
        final Path first = Files.createSymbolicLink(bin.resolve("first"), Path.of("../a project/qfp"));
        final Path second = Files.createSymbolicLink(directory.resolve("second"), first);
        assertThat(launch(second, jdk, "x").out).contains("[-Dqfp.root=" + project + "]");
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewerOrGone() throws Exception {
        final Path source = Files.createFile(project.resolve("datapath/src/main/A.java"));
        launch(project.resolve("qfp"), jdk);
        age();
        assertThat(launch(project.resolve("qfp"), jdk).err).isEmpty();

        Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
        assertThat(launch(project.resolve("qfp"), jdk).err.lines()).containsExactly("building qfp-sim (sources changed)...");
        age();
        Files.delete(source);
        launch(project.resolve("qfp"), jdk);
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void shouldBuildOnceForTwoStartsAtOnce() throws Exception {
        script(bin.resolve("mvn"), FAKE_MAVEN.replace("echo built", "sleep 1; echo built"));
        final Process other = start(project.resolve("qfp"), jdk);
        launch(project.resolve("qfp"), jdk);
        assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(other.exitValue()).isEqualTo(7);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldTakeOverTheLockOfADeadBuild() throws Exception {
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(project.resolve("perf/target/launcher.lock"));
        Files.writeString(project.resolve("perf/target/launcher.lock/pid"), dead.pid() + "\n");
        assertThat(launch(project.resolve("qfp"), jdk).code).isEqualTo(7);
    }

    @Test
    void shouldSayWhyTheBuildFailed() throws Exception {
        Files.createFile(project.resolve("broken"));
        final Result result = launch(project.resolve("qfp"), jdk);
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).contains("[ERROR] Foo.java:[1] does not compile", "qfp: the build failed", "launcher-build.log");
        assertThat(project.resolve("perf/target/launcher.lock")).doesNotExist();
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception {
        Files.delete(bin.resolve("mvn"));
        for (final String tool : List.of("bash", "dirname", "readlink", "find", "head", "mkdir", "rm", "sleep", "touch", "sed", "grep", "tail")) {
            final Path real = Path.of("/usr/bin").resolve(tool);
            script(bin.resolve(tool), "#!/bin/sh\nexec " + (Files.exists(real) ? real : Path.of("/bin").resolve(tool)) + " \"$@\"\n");
        }
        final Process process = processBuilder(project.resolve("qfp"), jdk, List.of(), Map.of("PATH", bin.toString())).start();
        final Result result = result(process);
        assertThat(result.code).isEqualTo(2);
        assertThat(result.err).startsWith("qfp: must be built first, and Maven (mvn) is not in the PATH");
    }

    @Test
    void shouldRunAnInstalledCopyWithoutSources() throws Exception {
        final Path copy = Files.createDirectory(directory.resolve("copy"));
        for (final String file : List.of("qfp", "jvm.flags")) {
            Files.copy(project.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        final Result incomplete = launch(copy.resolve("qfp"), jdk);
        assertThat(incomplete.code).isEqualTo(2);
        assertThat(incomplete.err).startsWith("qfp: incomplete installation: ");

        Files.createFile(copy.resolve("qfp.jar"));
        assertThat(launch(copy.resolve("qfp"), jdk).out).contains("[" + copy + "/qfp.jar]");
    }

    @Test
    void shouldPassOverJdksThatAreTooOldOrOnlyRuntimes() throws Exception {
        final Path old = makeJdk("jdk-21", "21.0.1");
        final Path runtime = makeJdk("jre-25", "25");
        Files.delete(runtime.resolve("bin/javac"));
        Files.createDirectories(directory.resolve("home/.jdks"));
        Files.move(makeJdk("jdk-26", "26-ea"), directory.resolve("home/.jdks/jdk-26"));
        for (final Path tooOld : List.of(old, runtime)) {
            final Result result = launch(project.resolve("qfp"), tooOld, "--which-jdk");
            assertThat(result.code).isZero();
            assertThat(result.out.strip()).isNotEqualTo(tooOld.toString());
        }
        assertThat(launch(project.resolve("qfp"), jdk, "--which-jdk").out.strip()).isEqualTo(jdk.toString());
    }

    private Path makeJdk(final String name, final String version) throws IOException {
        final Path home = Files.createDirectories(directory.resolve(name));
        Files.createDirectory(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), ECHO_ARGUMENTS);
        script(home.resolve("bin/javac"), ECHO_ARGUMENTS);
        return home;
    }

    private static void script(final Path file, final String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes everything an hour old, the build included. */
    private void age() throws IOException {
        final FileTime hourAgo = FileTime.from(Instant.now().minusSeconds(3600));
        try (var files = Files.walk(project)) {
            for (final Path file : files.toList()) {
                Files.setLastModifiedTime(file, hourAgo);
            }
        }
    }

    private long builds() throws IOException {
        return Files.readAllLines(project.resolve("builds")).size();
    }

    private Result launch(final Path launcher, final Path javaHome, final String... arguments) throws Exception {
        return result(start(launcher, javaHome, arguments));
    }

    private Process start(final Path launcher, final Path javaHome, final String... arguments) throws IOException {
        return processBuilder(launcher, javaHome, List.of(arguments), Map.of("PATH", bin + ":/usr/bin:/bin")).start();
    }

    private ProcessBuilder processBuilder(final Path launcher, final Path javaHome, final List<String> arguments,
                                          final Map<String, String> variables) {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(variables);
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("HOME", directory.resolve("home").toString());
        builder.environment().remove("QFP_JAVA_OPTS");
        return builder;
    }

    private static Result result(final Process process) throws Exception {
        final String out = new String(process.getInputStream().readAllBytes());
        final String err = new String(process.getErrorStream().readAllBytes());
        return new Result(process.waitFor(), out, err);
    }
}
