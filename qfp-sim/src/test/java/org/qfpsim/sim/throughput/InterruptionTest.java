package org.qfpsim.sim.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.Main;

/** A process that is told to end writes what it has measured. */
class InterruptionTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepWhatWasMeasured() throws IOException, InterruptedException {
        final Path json = directory.resolve("r.json");
        final Path csv = directory.resolve("r.csv");
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "throughput", "soak", "--load", "1000", "--duration", "3600", "--store-mb", "8",
            "--late-micros", "1000000000", "--json", json.toString(), "--csv", csv.toString())
            .redirectErrorStream(true).start();
        final String printed;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            // The rule is the last line before the trials begin.
            final StringBuilder before = new StringBuilder();
            for (String line = ""; !line.startsWith("rule:"); line = String.valueOf(out.readLine())) {
                assertThat(line).as("after %s", before).isNotEqualTo("null");
                before.append(line).append('\n');
            }
            // Not the process itself, which would close our end of its output.
            process.toHandle().destroy();
            printed = String.join("\n", out.lines().toList());
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(printed).contains("stopped before the end; --resume goes on with what --json has kept");
        final JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.path("complete").asBoolean()).isFalse();
        for (final JsonNode trial : root.path("points").get(0).path("trials")) {
            assertThat(trial.path("discarded").asText()).isEqualTo("interrupted");
            assertThat(trial.path("conservation").asText()).isEmpty();
        }
        assertThat(csv).exists();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(List.of("r.json", "r.csv"));
        }
    }
}
