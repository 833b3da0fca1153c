package org.qfpsim.sim.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.docs.ShellWords;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** The command on made-up devices: what it prints and writes, stops and goes on with, and refuses. */
class ThroughputCommandTest {
    private static final double CAPACITY = 3e6;

    @TempDir
    private Path directory;
    private final StringWriter out = new StringWriter();
    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final AtomicInteger trials = new AtomicInteger();
    private long latestNanos;
    private int stopAfter = Integer.MAX_VALUE;

    private int run(final String line) {
        final ThroughputCommand command = new ThroughputCommand(point -> {
            devices.add(new SimulatedDevice(CAPACITY, 100, latestNanos, trials::incrementAndGet));
            return devices.getLast();
        }, () -> trials.get() >= stopAfter);
        final CommandLine commandLine = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
        commandLine.parseArgs(ShellWords.split(line.replace("DIR", directory.toString())).toArray(String[]::new));
        return command.call();
    }

    private JsonNode json(final String name) throws IOException {
        return new ObjectMapper().readTree(directory.resolve(name).toFile());
    }

    @Test
    void shouldSearchAndPrintEverySetting() throws IOException {
        assertThat(run("--quick --size 64,1400 --json DIR/r.json")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("NDR: loss ratio 0 %, trials of 0.1 to 0.1 s, duration sum 1.1 s, exceed ratio 50 %, width 2 %",
            "rule: a trial is discarded if a frame was sent more than 1,000 us late", "every frame of every trial was accounted for");
        final JsonNode root = json("r.json");
        assertThat(root.path("complete").asBoolean()).isTrue();
        assertThat(root.path("environment").path("cores").asInt()).isPositive();
        assertThat(root.path("points")).hasSize(2);
        for (final JsonNode goal : root.path("points").get(0).path("results").path("goals")) {
            assertThat(goal.path("regular").asBoolean()).isTrue();
            assertThat(goal.path("conditional_throughput").asDouble()).isBetween(CAPACITY * 0.97, CAPACITY * 1.03);
        }
    }

    @Test
    void shouldWriteReportsThatParse() throws Exception {
        assertThat(run("latency --quick --size rfc2544 --sas 1,100 --csv DIR/r.csv --html DIR/r.html --json DIR/r.json")).isZero();
        final List<String> csv = Files.readAllLines(directory.resolve("r.csv")).stream().filter(line -> !line.startsWith("#")).toList();
        assertThat(csv.getFirst()).startsWith("size,sas,ppes,mix,dispatch,suite,features,burst,purpose,load");
        assertThat(csv).allSatisfy(line -> assertThat(line.split(",", -1)).hasSameSizeAs(csv.getFirst().split(",", -1)));
        int count = 0;
        for (final JsonNode point : json("r.json").path("points")) {
            count += point.path("trials").size();
        }
        assertThat(csv).hasSize(count + 1);
        final String html = Files.readString(directory.resolve("r.html"));
        assertThat(json("r.json").at("/points/0/device/cost/features/decrypt/of_all").asDouble()).isEqualTo(40);
        assertThat(html).contains("Where the time goes", "<title>IPSEC_INPUT_DECRYPT 40.0 ns a packet</title>",
            "<td>IPSEC_INPUT_DECAP</td><td>10.0</td><td>20.0</td>");
        assertThat(html).contains("<svg", "Latency percentiles", "Environment").doesNotContain("http://", "https://").doesNotContain("NaN");
        DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(html.substring(html.indexOf("<html")))));
    }

    @ParameterizedTest
    @CsvSource({
        "soak --load 1e6 --duration 5,                 1.000",
        "loss-curve --quick --max-load 1e7,            10.000",
        "back-to-back --quick --repeats 3,             corrected us",
        "latency --quick,                              10 %",
        "flood --quick,                                flood Mpps",
        "churn --quick,                                blocked ms",
        "rekey --quick --rekeys 0|50,                  rekeys a second",
        "search --quick --dispatch any-idle|flow-hash, flow-hash",
        "soak --load 1e6 --suite aes-gcm-256-16|aes-cbc-128-sha1-96, aes-cbc-128-sha1-96",
        "soak --load 1e6 --feature none|esn+window-1024|nat-t, esn+window-1024",
        "latency --quick --burst 1|64 --line-rate 40,  burst"})
    void shouldRunEveryExperiment(final String line, final String printed) throws IOException {
        assertThat(run(line.replace('|', ',') + " --json DIR/r.json --html DIR/r.html")).isZero();
        assertThat(out.toString()).contains(printed);
        assertThat(json("r.json").path("points").get(0).path("results").isEmpty()).isFalse();
        assertThat(Files.readString(directory.resolve("r.html"))).contains("</html>");
    }

    @Test
    void shouldMakeAPointOfEverySuiteFeatureAndBurst() throws IOException {
        run("soak --load 1e6 --suite all --feature none,replay-off --burst 1,8 --json DIR/r.json");
        final JsonNode points = json("r.json").path("points");
        final long suites = Arrays.stream(EspSuite.values()).filter(EspSuite::authenticated).count();
        assertThat(points).hasSize(Math.toIntExact(suites * 4));
        assertThat(points.get(3).path("point").path("burst").asInt()).isEqualTo(8);
        assertThat(points.get(3).path("point").path("replay_window").asInt(-1)).isZero();
        assertThat(points.get(4).path("point").path("suite").asText()).isEqualTo("aes-gcm-192-16");
    }

    @Test
    void shouldFollowTheLossCurveDownToTwoCleanLoads() throws IOException {
        run("loss-curve --max-load 1e7 --step 10 --duration 0.1 --json DIR/r.json");
        final JsonNode steps = json("r.json").path("points").get(0).path("results").path("steps");
        // 100 % down to 40 % lose, 30 % and 20 % do not.
        assertThat(steps).hasSize(9);
        assertThat(steps.get(0).path("loss_ratio").asDouble()).isBetween(0.699, 0.701);
        assertThat(steps.get(7).path("loss_ratio").asDouble()).isZero();
    }

    @Test
    void shouldFindTheBufferOfTheDevice() throws IOException {
        run("back-to-back --quick --max-load 1e7 --repeats 2 --json DIR/r.json");
        final JsonNode results = json("r.json").path("points").get(0).path("results");
        // RFC 9004: 100 frames of buffer, filled at 10 M less 3 M a second.
        assertThat(results.path("mean_burst").asDouble()).isBetween(138.0, 146.0);
        assertThat(results.path("corrected_buffer_seconds").asDouble()).isBetween(9.3e-6, 10.7e-6);
    }

    @Test
    void shouldRepeatADisturbedTrialThreeTimesAndSaySo() throws IOException {
        latestNanos = 2_000_000;
        run("soak --load 1e6 --duration 1 --json DIR/r.json");
        assertThat(trials).hasValue(4);
        assertThat(out.toString()).contains("4 trials, 3 discarded by the rule; 1 count although they were disturbed");
        final JsonNode point = json("r.json").path("points").get(0);
        assertThat(point.path("trials").get(0).path("discarded").asText()).isEqualTo("a frame was sent 2,000 us late");
        assertThat(point.path("results").path("loss_ratio")).hasSize(1);
        assertThat(point.path("results_with_discarded").path("loss_ratio")).hasSize(4);
    }

    @Test
    void shouldKeepWhatWasMeasuredAndGoOnWithIt() throws IOException {
        run("--quick --size 64,512,1400 --json DIR/whole.json");
        final int all = trials.getAndSet(0);
        stopAfter = all / 2;
        run("--quick --size 64,512,1400 --json DIR/part.json --csv DIR/part.csv");
        assertThat(json("part.json").path("complete").asBoolean()).isFalse();
        assertThat(json("part.json").path("points")).hasSize(2);
        assertThat(out.toString()).contains("stopped before the end; --resume goes on");
        assertThat(Files.readAllLines(directory.resolve("part.csv"))).hasSizeGreaterThan(all / 2);

        stopAfter = Integer.MAX_VALUE;
        final int before = trials.get();
        run("--quick --size 64,512,1400 --resume DIR/part.json --json DIR/part.json");
        assertThat(trials.get() - before).as("trials that were not known yet").isBetween(all / 2 - 1, all / 2 + 2);
        assertThat(json("part.json").path("points")).isEqualTo(json("whole.json").path("points"));
    }

    @Test
    void shouldRefuseToGoOnWithAnotherExperiment() throws IOException {
        run("--quick --json DIR/r.json");
        assertThatThrownBy(() -> run("--resume DIR/r.json")).isInstanceOf(InputException.class).hasMessageContaining("its settings is");
        Files.writeString(directory.resolve("bad.json"), "{\"points\": [");
        assertThatThrownBy(() -> run("--resume DIR/bad.json")).isInstanceOf(InputException.class).hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> run("--resume DIR/none.json")).isInstanceOf(InputException.class).hasMessageContaining("no such file");
        final String text = Files.readString(directory.resolve("r.json")).replace("\"offered\" : ", "\"offered\" : \"x\", \"y\" : ");
        Files.writeString(directory.resolve("r.json"), text);
        assertThatThrownBy(() -> run("--quick --resume DIR/r.json")).isInstanceOf(InputException.class)
            .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--size 1600|--size 1600: a clear packet of 1600 octets is not within 28 to 1546, what fits into a tunnel packet of the MTU",
        "--size frame:1518 --mtu 1500|a clear packet of 1500 octets is not within 28 to 1446",
        "--size 64,x|--size: 'x' is none of N, frame:N, IMIX",
        "--size genome:aaz|'z' is none of a to j (RFC 6985 section 4)",
        "--mix good=5|--mix: good is what the other kinds leave",
        "--mix bad-icv=70+late=40|the shares add up to 110.0 %",
        "--mix spam=1|'spam' is no kind of packet; use good, unknown-spi, bad-icv",
        "--mix late=1 --replay-window 0|replayed and late packets need a --replay-window",
        "--esn --replay-window 0|--esn needs a --replay-window",
        "--sas 0|--sas 0 is not within 1 to 1048576",
        "--ppes 1,65|--ppes 65 is not within 1 to 64",
        "--ring-slots 1000|--ring-slots 1000 is not a power of two",
        "--suite aes-gcm-128-16,|--suite  is none of",
        "--feature ipx|--feature: 'ipx' is none of none, esn, replay-off",
        "--feature window-100|--feature: 'window-100' is none of",
        "--feature none,esn+replay-off|--esn needs a --replay-window",
        "--feature replay-off --mix replayed=1|replayed and late packets need a --replay-window",
        "--size 1546 --feature nat-t|a clear packet of 1546 octets is not within 28 to 1538",
        "--burst 0|--burst 0 is not within 1 to 1048576",
        "--burst x|--burst: 'x' is not a number",
        "--line-rate 40|--line-rate is that of bursts: it needs a --burst of more than 1",
        "--burst 8 --line-rate 0|--line-rate 0.0 is not within 0.001 to 800 Gb/s",
        "back-to-back --burst 8|throughput back-to-back makes its own bursts",
        "--replay-window 100|--replay-window 100 is not 0 or a power of two",
        "--suite des|--suite des is none of aes-gcm-128-16",
        "--goal NDR --goal NDR|two goals have the same name",
        "--goal NDR:exceed=100|--goal NDR: exceed ratio 1 is not within 0 to 0.99",
        "--goal NDR:speed=1|'speed=1' is not one of loss, initial, trial, sum, exceed, width",
        "--goal MINE|--goal MINE is none of NDR, PDR, RFC2544, TST009",
        "--max-load 1e12|--max-load 1000000000000 is not within 1 to 1000000000",
        "--max-load 5000|--max-load 5000 is not above --min-load 10000",
        "--max-load NaN|--max-load NaN is not within",
        "soak|--load PPS is missing",
        "soak --load -5|--load -5 is not within 1 to",
        "soak --load 5e7|--load 50,000,000: the generator can offer at most about",
        "soak --load 5e6 --duration 80000|more than the 2^32 sequence numbers of 1 SAs: use --esn",
        "flood --mix bad-icv=1|throughput flood makes its own mix",
        "churn --platform esp20|a modelled --platform has no control plane",
        "rekey --platform esp20|throughput rekey: a modelled --platform has no control plane",
        "rekey --rekeys 10,20000|--rekeys 20000 is not within 0 to 10000",
        "rekey --rekeys 1000 --duration 3600|--rekeys 1000 for 3600 s are more than 1000000 rekeys",
        "rekey --mix late=1|throughput rekey is for good packets",
        "rekey --feature none,replay-off|throughput rekey is for good packets, each sent once",
        "--platform software|--platform software is no hardware with a QFP",
        "--licence 100|--licence 100 is not from 0, or needs a --platform",
        "dance|there is no experiment 'dance'; use one of search, soak",
        "--json /nowhere/r.json|/nowhere/r.json: cannot be written: no such file or directory",
        "--html DIR|cannot be written: it is a directory"})
    void shouldRefuseWhatCannotBe(final String line, final String message) {
        assertThatThrownBy(() -> run(line)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }
}
