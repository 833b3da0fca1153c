package org.qfpsim.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.Main;

class PerfTableCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureEveryRowWithWhatItIsComparedWith() throws IOException {
        final Path json = directory.resolve("table.json");
        final int code = perfTable("--crypto", "jce", "--sas", "100,1000", "--forks", "0", "--rounds", "2", "--millis", "1",
            "--json", json.toString());

        assertThat(code).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString()).startsWith("program").contains("one thread, jce, 2 rounds of 1 ms, all in one process;")
            .containsPattern("(?m)^path 64 .* of bare +>= 0.80 (reached|missed( with [0-9.]+)?)$").containsPattern("(?m)^path IMIX .* of bare$")
            .containsPattern("(?m)^unknown SPI 64 .* of bare$").containsPattern("(?m)^1000 SAs 64 .* of bare$")
            .containsPattern("(?m)^ESN 64 .* of a good one's time +<= 1.03 (reached|missed( with [0-9.]+)?)$")
            .containsPattern("(?m)^encrypt and decrypt 64 .* of bare$")
            .containsPattern("(?m)^path 64 CBC-SHA256 .* of bare +>= 0.60 (reached|missed( with [0-9.]+)?)$").containsPattern("(?m)^IPSEC_INPUT_DECRYPT +[1-9]");
        assertThat(out.toString()).containsPattern("(?m)^The rows' medians are [0-9]+ % above their fastest passes: (quiet|neighbours were loud)$");
        final JsonNode table = new ObjectMapper().readTree(json.toFile()).get("table");
        assertThat(table.get("medians_above_best_passes").asDouble()).isNotNegative();
        assertThat(table.get("backend").asText()).isEqualTo("jce");
        assertThat(table.get("ns_per_packet")).hasSize(30).allSatisfy(samples -> assertThat(samples).hasSize(2));
        assertThat(table.at("/cost/every batch sampled 64/features/decrypt/per_packet").asDouble()).isPositive();
        assertThat(table.at("/cost").has("no batch sampled 64")).isFalse();
        table.get("best_ns_per_packet").properties().forEach(best -> assertThat(best.getValue().asDouble()).as(best.getKey()).isPositive()
            .isLessThanOrEqualTo(table.get("ns_per_packet").get(best.getKey()).get(0).asDouble()));
    }

    @Test
    void shouldWriteRatiosAndGoals() throws IOException {
        final Path json = directory.resolve("table.json");
        assertThat(perfTable("--crypto", "jce", "--only", "^path 64$", "--forks", "0", "--rounds", "1", "--millis", "1",
            "--json", json.toString()))
            .as(err.toString()).isEqualTo(Main.OK);

        final JsonNode ratios = new ObjectMapper().readTree(json.toFile()).get("table").get("ratios");
        assertThat(ratios).hasSize(1);
        final JsonNode path = ratios.get("path 64");
        assertThat(path.get("compared_with").asText()).isEqualTo("bare 64");
        assertThat(path.get("goal_at_least").asDouble()).isEqualTo(0.8);
        assertThat(path.get("reached").asBoolean()).isEqualTo(path.get("median").asDouble() >= 0.8);
    }

    @Test
    void shouldMeasureEachRowInProcessesOfItsOwn() throws IOException {
        final Path json = directory.resolve("table.json");
        final Thread looking = Thread.currentThread();
        final Set<Long> children = ConcurrentHashMap.newKeySet();
        final Thread looker = Thread.ofVirtual().start(() -> {
            while (looking.isAlive() && !Thread.currentThread().isInterrupted()) {
                ProcessHandle.current().children().forEach(child -> children.add(child.pid()));
                LockSupport.parkNanos(20_000_000);
            }
        });
        assertThat(perfTable("--crypto", "jce", "--only", "^(path 64|and read 10 times a second)$", "--forks", "2", "--rounds",
            "3", "--millis", "1", "--json", json.toString())).as(err.toString()).isEqualTo(Main.OK);
        looker.interrupt();

        assertThat(out.toString()).contains("3 rounds of 1 ms, each row in processes of its own: 2;")
            .containsPattern("(?m)^and read 10 .* of that time$").containsPattern("(?m)^IPSEC_INPUT_DECRYPT +[1-9]");
        final JsonNode table = new ObjectMapper().readTree(json.toFile()).get("table");
        assertThat(table.get("processes_of_a_row").asInt()).isEqualTo(2);
        assertThat(table.get("ns_per_packet").propertyStream().map(Map.Entry::getKey)).containsExactly("bare 64", "path 64",
            "counters in a file 64", "and read 10 times a second");
        assertThat(table.get("ns_per_packet")).allSatisfy(samples -> assertThat(samples).hasSize(3));
        // Whoever reads and whoever does not have the same router, and so the same process; each of the others has one for itself. Twice.
        assertThat(children).hasSize(6);
    }

    @Test
    void shouldNotHaveMoreProcessesThanRounds() {
        assertThat(perfTable("--crypto", "jce", "--only", "^bare 64$", "--forks", "9", "--rounds", "1", "--millis", "1")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("1 rounds of 1 ms, each row in processes of its own: 1;");
    }

    @Test
    void shouldMeasureAsManySasAsAreAskedFor() {
        assertThat(perfTable("--crypto", "jce", "--only", "SAs", "--sas", "7,5000", "--forks", "0", "--rounds", "1", "--millis", "1"))
            .as(err.toString()).isEqualTo(Main.OK);

        assertThat(out.toString()).containsPattern("(?m)^7 SAs 64 .* of bare$").containsPattern("(?m)^5000 SAs 64 .* of bare$")
            .doesNotContain("1000 SAs");
    }

    @Test
    void shouldMeasureOnlyWhatIsAskedForAndItsReference() {
        assertThat(perfTable("--crypto", "jce", "--only", "^ESN", "--forks", "0", "--rounds", "1", "--millis", "1")).isEqualTo(Main.OK);

        assertThat(out.toString().lines().dropWhile(line -> !line.contains("compared with")).skip(2)
            .takeWhile(line -> !line.isEmpty()).map(line -> line.substring(0, 10)))
            .containsExactly("bare 64   ", "path 64   ", "ESN 64    ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--only=(        | '(' is not a regular expression",
        "--only=nothing  | no row matches 'nothing'",
        "--rounds=0      | --rounds 0 is not within 1 to 1000",
        "--forks=101     | --forks 101 is not within 0 to 100",
        "--forks=-1      | --forks -1 is not within 0 to 100",
        "--millis=1001   | --millis 1001 is not within 1 to 1000",
        "--sas=0         | --sas 0 is not within 1 to 2000000",
        "--sas=9,9999999 | --sas 9999999 is not within 1 to 2000000",
        "--crypto=rot13  | --crypto rot13 is not one of those that work here",
    })
    void shouldRefuseWithOneLineBeforeMeasuring(final String argument, final String message) {
        assertThat(perfTable(argument)).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("qfp: perf-table: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldRefuseToCompareAnotherLibraryWithDpdk() {
        assertThat(perfTable("--crypto", "jce", "--dpdk")).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).isEqualTo("qfp: perf-table: --dpdk: what is measured is ipsec-mb's decrypt, not that of jce\n");
    }

    private int perfTable(final String... arguments) {
        final String[] all = new String[arguments.length + 1];
        all[0] = "perf-table";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), all);
    }
}
