package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;

/** A router that user nobody runs, with CAP_NET_RAW and no other right, or with none at all. */
class PrivilegesTest {
    private static final String NOBODY = "65534";
    private static final String ROUTER = """
        hostname R1
        interface GigabitEthernet0/0/0
         ip address 10.9.0.2 255.255.255.0
         no shutdown
        end
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void shouldHaveRoot() {
        assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().orElse(""));
        assumeTrue(Tool.find("setpriv").isPresent(), "needs setpriv of util-linux");
    }

    /** What nobody may read: the program, wherever it was built. */
    private String program() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        final List<String> copied = new ArrayList<>();
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            final Path from = Path.of(entry);
            if (Files.exists(from)) {
                final Path to = folder.resolve(copied.size() + "-" + from.getFileName());
                copy(from, to);
                copied.add(to.toString());
            }
        }
        copy(Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), folder.resolve("jvm.flags"));
        Files.writeString(folder.resolve("r1.cfg"), ROUTER);
        return String.join(File.pathSeparator, copied);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Process start(final String capabilities, final NetworkNamespace namespace) throws IOException {
        return new ProcessBuilder("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--bounding-set",
            capabilities, "--inh-caps", capabilities, "--ambient-caps", capabilities,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + folder.resolve("jvm.flags"), "-cp", program(),
            Main.class.getName(), "console", "--mode", "invoker", "--config", folder.resolve("r1.cfg").toString(), "--attach",
            "GigabitEthernet0/0/0=eth:" + namespace.hostSide()).redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile()).start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }

    private static boolean answers(final NetworkNamespace namespace) {
        try {
            return namespace.run("ping", "-n", "-c", "1", "-W", "1", "10.9.0.2").contains(" 0% packet loss");
        } catch (final InputException e) {
            return false;
        }
    }

    @Test
    void shouldNeedNoMoreThanRawSockets() throws IOException, InterruptedException {
        try (NetworkNamespace namespace = NetworkNamespace.create(List.of("10.9.0.1/24"), "10.9.0.2")) {
            final Process router = start("-all,+net_raw", namespace);
            try {
                final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!answers(namespace)) {
                    if (System.nanoTime() > end || !router.isAlive()) {
                        fail("no answer: " + output());
                    }
                }
                assertThat(Files.readString(Path.of("/proc/" + router.pid() + "/status")).lines())
                    .contains("CapEff:\t0000000000002000").anyMatch(line -> line.matches("Uid:(\t" + NOBODY + "){4}"));
            } finally {
                router.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException, InterruptedException {
        try (NetworkNamespace namespace = NetworkNamespace.create(List.of("10.9.0.1/24"), "10.9.0.2")) {
            final Process router = start("-all", namespace);
            assertThat(router.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(router.exitValue()).isEqualTo(2);
            assertThat(output()).contains("eth:" + namespace.hostSide() + " cannot be opened: socket: operation not permitted; it needs root,"
                + " or CAP_NET_RAW (");
        }
    }
}
