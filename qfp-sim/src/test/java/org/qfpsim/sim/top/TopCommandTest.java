package org.qfpsim.sim.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.Main;

/** The command: what it refuses, frames of a scenario, a counters file. Never the terminal: tests have none. */
class TopCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private record Output(int code, String out, String err) {
    }

    private static Output run(final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Main.run(new PrintWriter(out), new PrintWriter(err, true),
            Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new Output(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "top --interval 0.1               | --interval 0.1 is not within 0.2 to 60",
        "top --interval NaN               | --interval NaN is not within 0.2 to 60",
        "top --scenario dpd               | --scenario dpd needs --at TIME; to watch it run: ./qfp serve dpd",
        "top --at 90s 1234                | --at 90s and 1234 exclude each other; leave one out",
        "top --at 90                      | --at 90 is not a time; write it with its unit: 500ms, 90s, 5m, 1h",
        "top --at 1s --router r7          | --router r7: there is no router of that name; did you mean r1?",
        "top /nowhere                     | /nowhere: is neither a process number, nor the folder of a running router, nor a counters file",
        "top 1 2                          | unexpected argument '2' (./qfp top --help explains)",
        "serve --port 80                  | --port 80 is not within 1024 to 65535, nor 0",
        "serve dpd --attach 1             | --attach 1 and the scenario dpd exclude each other; leave one out",
        "serve --attach /nowhere   | /nowhere: is neither a process number, nor the folder of a running router, nor a counters file"})
    void shouldSayWhatIsWrong(final String command, final String message) {
        assertThat(run((Object[]) command.split(" "))).isEqualTo(new Output(Main.BAD_INPUT, "",
            "qfp: " + message + System.lineSeparator()));
    }

    @Test
    void shouldShowABlackHoleOfTheStoryTheSameEachTime() {
        final Output top = run("top", "--at", "90s", "--router", "r2", "--ascii");
        assertThat(top.code()).as(top.err()).isEqualTo(Main.OK);
        assertThat(top.out().lines()).contains(
            "all                     50.0           0        50.0           0 " + "#".repeat(55),
            "IpsecInput                                      50.0       1,500                            +###########################")
            .anyMatch(line -> line.startsWith("0xD82B633D   10.1.1.1     20.1.1.2            1,500   0:00:00  black hole for 30.0 s, 1500"))
            .anyMatch(line -> line.startsWith("13:23:00.011 %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi"));
        assertThat(run("top", "--at", "90s", "--router", "r2", "--ascii")).isEqualTo(top);
    }

    @Test
    void shouldShowACountersFile() throws IOException {
        final Path counters = directory.resolve("counters");
        final Path report = directory.resolve("report");
        assertThat(run("traffic", "--packets", 5_000, "--ppes", 2, "--counters", counters, "--json", report).code()).isEqualTo(Main.OK);
        final Output top = run("top", counters, "--once", "--interval", "0.2");
        assertThat(top.code()).as(top.err()).isEqualTo(Main.OK);
        assertThat(top.out())
            .startsWith("counters  esp20  process " + ProcessHandle.current().pid() + "\nwatched 0:00:00  0 packets in flight\n")
            .contains("\nPPE 1 ", "\nIpsecInput ", "\nUnknown SPI: not in a counters file\n\nLog and IKE: not in a counters file\n");
        final Output json = run("top", counters, "--once", "--interval", "0.2", "--json");
        assertThat(json.out()).hasLineCount(1);
        final JsonNode look = JSON.readTree(json.out());
        final JsonNode run = JSON.readTree(report.toFile());
        assertThat(look.at("/totals/received")).isEqualTo(run.at("/totals/received"));
        assertThat(look.at("/totals/dropped")).isEqualTo(run.at("/totals/dropped"));
        assertThat(look.get("points")).hasSize(1);
        assertThat(look.at("/points/0/engines")).hasSize(2);
        look.get("drops").forEach(row -> assertThat(row.get("packets")).as(row.toString()).isEqualTo(row.get("ipsec").asBoolean()
            ? run.at("/ipsec_drops/" + row.get("name").asText().split(" ")[0] + "/packets")
            : run.at("/global_drops/" + row.get("name").asText() + "/packets")));
    }
}
