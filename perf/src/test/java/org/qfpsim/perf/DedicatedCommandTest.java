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

class DedicatedCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldTellSerialStagesCeilingAndProjection() throws IOException {
        final Path json = directory.resolve("dedicated.json");
        final int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), "perf-table", "dedicated", "--crypto", "jce",
            "--passes", "2", "--json", json.toString());

        assertThat(code).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString()).containsPattern("(?m)^dispatch, nothing to copy .*<= 25.00 (reached|missed( with [0-9.]+)?)$")
            .containsPattern("(?m)^gather  .*<= 25.00 (reached|missed( with [0-9.]+)?)$").containsPattern("(?m)^engine .*\\d$")
            .containsPattern("(?m)^dispatch of lent frames .*<= 25.00 (reached|missed( with [0-9.]+)?)$")
            .containsPattern("(?m)^dispatch with the copy .*\\d$")
            .containsPattern("(?m)^ceiling of dispatch of lent frames and gather: [0-9.]+ Mpps, reached with \\d+ PPE")
            .containsPattern("(?m)^PROJECTION, not measured: 8 PPEs are .*, dispatch of lent frames +>= 4.50 (reached|missed( with [0-9.]+)?)$")
            .containsPattern("(?m)^2 PPEs, 4 threads ");
        if (Runtime.getRuntime().availableProcessors() < 4) {
            assertThat(out.toString()).contains("oversubscribed: 4 threads on ");
        }
        final JsonNode table = new ObjectMapper().readTree(json.toFile()).get("table");
        assertThat(table.get("gather, 64 octets")).hasSize(2).allSatisfy(sample -> assertThat(sample.asDouble()).isPositive());
        assertThat(table.get("projection, dispatch with the copy").asDouble()).isBetween(1.0, 8.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--passes=0     | --passes 0 is not within 1 to 100000",
        "--crypto=rot13 | --crypto rot13 is not one of those that work here",
    })
    void shouldRefuseWithOneLine(final String argument, final String message) {
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err, true), "perf-table", "dedicated", argument))
            .isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("qfp: perf-table dedicated: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }
}
