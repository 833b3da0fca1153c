package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.crypto.CryptoBackends;

class ManySasMemoryTest {
    /** Megabytes of a JVM with 100,000 SAs. The goal is ipsec-mb's; the others are held where they are. */
    @ParameterizedTest
    @CsvSource({"ipsec-mb, 300", "libcrypto, 600", "jce, 600"})
    void shouldHoldAHundredThousandSasInLittleMemory(final String backend, final long limit, @TempDir final Path directory)
        throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "this system does not say what a process has resident");
        assumeTrue(CryptoBackends.available().contains(backend), backend + " is not here");
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root"), "jvm.flags"), "-Xmx64m", "-cp", System.getProperty("java.class.path"),
            ManySas.class.getName(), backend).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        final String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        assertThat(process.exitValue()).as(text).isZero();
        final long megabytes = Long.parseLong(text.lines().reduce((first, second) -> second).orElseThrow()) / 1000;
        System.out.println(ManySas.SAS + " SAs with " + backend + ": " + megabytes + " MB resident");
        assertThat(megabytes).as("MB resident with " + backend).isLessThan(limit);
    }
}
