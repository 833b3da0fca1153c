package org.qfpsim.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
        final int code = perfTable("--crypto", "jce", "--sas", "100,1000", "--rounds", "2", "--millis", "1", "--json", json.toString());

        assertThat(code).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString()).startsWith("program").contains("one thread, jce, 2 rounds of 1 ms")
            .containsPattern("(?m)^path 64 .* of bare +>= 0.80 (reached|missed( with [0-9.]+)?)$").containsPattern("(?m)^path IMIX .* of bare$")
            .containsPattern("(?m)^unknown SPI 64 .* of bare$").containsPattern("(?m)^1000 SAs 64 .* of bare$")
            .containsPattern("(?m)^ESN 64 .* of a good one's time +<= 1.03 (reached|missed( with [0-9.]+)?)$")
            .containsPattern("(?m)^encrypt and decrypt 64 .* of bare$")
            .containsPattern("(?m)^path 64 CBC-SHA256 .* of bare +>= 0.60 (reached|missed( with [0-9.]+)?)$").containsPattern("(?m)^IPSEC_INPUT_DECRYPT +[1-9]");
        final JsonNode table = new ObjectMapper().readTree(json.toFile()).get("table");
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
        assertThat(perfTable("--crypto", "jce", "--only", "^path 64$", "--rounds", "1", "--millis", "1", "--json", json.toString()))
            .as(err.toString()).isEqualTo(Main.OK);

        final JsonNode ratios = new ObjectMapper().readTree(json.toFile()).get("table").get("ratios");
        assertThat(ratios).hasSize(1);
        final JsonNode path = ratios.get("path 64");
        assertThat(path.get("compared_with").asText()).isEqualTo("bare 64");
        assertThat(path.get("goal_at_least").asDouble()).isEqualTo(0.8);
        assertThat(path.get("reached").asBoolean()).isEqualTo(path.get("median").asDouble() >= 0.8);
    }

    @Test
    void shouldMeasureAsManySasAsAreAskedFor() {
        assertThat(perfTable("--crypto", "jce", "--only", "SAs", "--sas", "7,5000", "--rounds", "1", "--millis", "1"))
            .as(err.toString()).isEqualTo(Main.OK);

        assertThat(out.toString()).containsPattern("(?m)^7 SAs 64 .* of bare$").containsPattern("(?m)^5000 SAs 64 .* of bare$")
            .doesNotContain("1000 SAs");
    }

    @Test
    void shouldMeasureOnlyWhatIsAskedForAndItsReference() {
        assertThat(perfTable("--crypto", "jce", "--only", "^ESN", "--rounds", "1", "--millis", "1")).isEqualTo(Main.OK);

        assertThat(out.toString().lines().dropWhile(line -> !line.contains("compared with")).skip(2)
            .takeWhile(line -> !line.isEmpty()).map(line -> line.substring(0, 10)))
            .containsExactly("bare 64   ", "path 64   ", "ESN 64    ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--only=(        | '(' is not a regular expression",
        "--only=nothing  | no row matches 'nothing'",
        "--rounds=0      | --rounds 0 is not within 1 to 1000",
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
