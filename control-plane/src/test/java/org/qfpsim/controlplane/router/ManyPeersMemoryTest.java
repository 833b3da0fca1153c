package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub holds the IKE SAs and IPsec SAs of 10,000 peers (in short runs 500) in less than 2 GB, the JVM and everything. */
class ManyPeersMemoryTest {
    private static final int PEERS = 500 * Integer.getInteger("qfp.test.scale", 1);
    private static final long MEGABYTES = 2000;
    /** What a router without peers may take, and what each peer may take on top; the goal leaves 190 KB. */
    private static final long KILOBYTES_AT_REST = 400_000;
    private static final long KILOBYTES_A_PEER = 40;

    @ParameterizedTest
    @ValueSource(ints = {19, 31})
    void shouldHoldAllPeersInLittleMemory(final int group, @TempDir final Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "this system does not say what a process has resident");
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root"), "jvm.flags"), "-Xmx512m", "-cp", System.getProperty("java.class.path"),
            ManyPeers.class.getName(), String.valueOf(PEERS), String.valueOf(group)).redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        final String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        assertThat(process.exitValue()).as(text).isZero();
        final Map<String, Long> said = text.lines().map(line -> line.split(": "))
            .collect(Collectors.toMap(parts -> parts[0], parts -> Long.valueOf(parts[1])));
        final long largest = said.getOrDefault("largest resident kilobytes", Long.MAX_VALUE);
        System.out.println(PEERS + " peers, group " + group + ": " + said);
        assertThat(largest / 1000).as("MB").isLessThan(MEGABYTES);
        assertThat(largest).as("kilobytes").isLessThan(KILOBYTES_AT_REST + KILOBYTES_A_PEER * PEERS);
    }
}
