package org.qfpsim.sim.stat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.Main;

/** What {@code stat} reads from the file of a run is what the run reports of itself. */
class StatCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;
    private Path counters;
    private JsonNode report;

    private record Output(int code, String out, String err) {
    }

    private static Output run(final Object... arguments) {
        final String[] command = new String[arguments.length];
        for (int i = 0; i < command.length; i++) {
            command[i] = arguments[i].toString();
        }
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), command);
        return new Output(code, out.toString(), err.toString());
    }

    @BeforeEach
    void runRouter() throws IOException {
        counters = directory.resolve("counters");
        final Path json = directory.resolve("json");
        assertThat(run("traffic", "--packets", 5_000, "--ppes", 2, "--counters", counters, "--json", json).code()).isEqualTo(Main.OK);
        report = JSON.readTree(json.toFile());
    }

    @Test
    void shouldPrintTheCountersAsJsonInTheFormOfTheReport() throws IOException {
        final Output stat = run("stat", "--json", counters);
        assertThat(stat.code()).as(stat.err()).isEqualTo(Main.OK);
        final JsonNode read = JSON.readTree(stat.out());
        for (final String total : new String[] {"received", "forwarded", "dropped", "punted", "consumed"}) {
            assertThat(read.at("/totals/" + total)).as(total).isEqualTo(report.at("/totals/" + total));
        }
        assertThat(read.get("in_flight").asLong()).isZero();
        assertThat(read.at("/global_drops/IpsecInput/packets")).isEqualTo(report.at("/global_drops/IpsecInput/packets"));
        assertThat(read.get("ipsec_drops").size()).isGreaterThan(2);
        read.get("ipsec_drops").properties().forEach(row -> assertThat(row.getValue()).isEqualTo(report.get("ipsec_drops").get(row.getKey())));
        assertThat(read.get("ppes")).hasSize(2);
        assertThat(read.at("/cost/features/dispatch/packets").asLong()).isPositive();
        assertThat(read.get("cost")).isEqualTo(report.at("/pipeline/cost"));
    }

    @Test
    void shouldPrintATableForPeople() {
        final Output stat = run("stat", counters);
        assertThat(stat.code()).as(stat.err()).isEqualTo(Main.OK);
        assertThat(stat.out().lines()).first().asString().endsWith(", 2 PPE, 0 packets in flight");
        assertThat(stat.out().lines().map(line -> line.strip().replaceAll(" +", " "))).contains("Packets a second",
            "received " + report.at("/totals/received").asText(),
            "PPE Batches Packets ns/packet in gather", "4 IN_US_V4_PKT_SA_NOT_FOUND_SPI " + report.at("/ipsec_drops/4/packets").asText());
    }

    @Test
    void shouldRefuseWhatIsNoCountersFile() throws IOException {
        assertThat(run("stat", directory.resolve("none"))).isEqualTo(new Output(Main.BAD_INPUT, "",
            "qfp: " + directory.resolve("none") + ": no such counters file; start the router with --counters " + directory.resolve("none")
                + System.lineSeparator()));
        final Path other = Files.writeString(directory.resolve("other"), "no counters");
        assertThat(run("stat", other).err()).startsWith("qfp: " + other + ": is no counters file").hasLineCount(1);
        assertThat(run("stat", "--interval", "0", counters).err()).startsWith("qfp: --interval 0.0 is not within 0.1 to 3600").hasLineCount(1);
    }
}
