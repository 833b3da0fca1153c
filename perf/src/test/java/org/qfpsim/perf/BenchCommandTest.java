package org.qfpsim.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.Main;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldListBenchmarksWithoutRunningThem() {
        assertThat(bench("--list")).isEqualTo(Main.OK);
        assertThat(out.toString().lines()).contains("SlotCopy.copy").isSorted();
    }

    @Test
    void shouldMeasureInProcessAndWriteEnvironmentAndEveryIteration() throws IOException {
        final Path json = directory.resolve("result.json");
        final int code = bench("SlotCopy", "--param", "bytes=64,512", "--forks", "0", "--warmup", "0", "--iterations", "3", "--millis", "5",
            "--json", json.toString());

        assertThat(code).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString()).startsWith("program").containsPattern("(?m)^SlotCopy.copy bytes=64 .* ns/op +3$")
            .containsPattern("(?m)^SlotCopy.copy bytes=512 .* ns/op +3$").doesNotContain("bytes=1400");
        final JsonNode written = new ObjectMapper().readTree(json.toFile());
        assertThat(written.at("/environment/jdk").asText()).contains(Runtime.version().toString());
        assertThat(written.at("/benchmarks")).hasSize(2);
        assertThat(written.at("/benchmarks/0/primaryMetric/rawData/0")).hasSize(3);
        assertThat(written.at("/benchmarks/0/jvmArgs").toString()).contains("--sun-misc-unsafe-memory-access=allow");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(json);
        }
    }

    @Test
    void shouldMeasureWhileAnotherProcessReads() {
        assertThat(bench("ReadFromOutside", "--param", "backend=jce", "--param", "looks=-1", "--forks", "0", "--warmup", "0", "--iterations",
            "1", "--millis", "50")).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString()).containsPattern("ReadFromOutside.pass backend=jce kind=GOOD looks=-1 .* ns/op")
            .containsPattern("kind=UNKNOWN_SPI looks=-1 .* ns/op");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "no-such-benchmark          | no benchmark matches 'no-such-benchmark'",
        "(                          | '(' is not a regular expression",
        "--forks=-1                 | --forks -1 is less than 0",
        "--iterations=0             | --iterations 0 is less than 1",
        "--param=64                 | --param '64' is not NAME=VALUE",
        "--json=no/such/place.json  | the directory does not exist",
        "--json=.                   | .: cannot be written: it is a directory",
    })
    void shouldRefuseWithOneLineBeforeMeasuring(final String argument, final String message) {
        assertThat(bench(argument)).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("qfp: bench: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }

    private int bench(final String... arguments) {
        final String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), all);
    }
}
