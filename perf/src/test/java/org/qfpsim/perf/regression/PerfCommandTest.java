package org.qfpsim.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.Main;

class PerfCommandTest {
    private static final int UNDECIDED = 3;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureThisBuildAgainstItselfAndKeepEverySlice() throws IOException {
        final Path json = folder.resolve("raw.jsonl");
        final int code = perf("compare", ".", ".", "--suite", "quick", "--crypto", "jce", "--minutes", "0.01", "--json", json.toString());

        // One block decides nothing.
        assertThat(code).as(err.toString()).isEqualTo(UNDECIDED);
        assertThat(out.toString()).startsWith("A: this build; B: this build; suite quick, AES-128-GCM, jce, ")
            .containsPattern("(?m)^path 64 .* too few blocks .* UNDECIDED$").contains("UNDECIDED: bare 64, path 64; measure longer");
        final List<String> lines = Files.readAllLines(json);
        assertThat(lines).hasSize(3);
        final ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(lines.getFirst()).at("/environment/jdk").asText()).contains(Runtime.version().toString());
        final JsonNode block = mapper.readTree(lines.get(1));
        assertThat(block.at("/ns/path 64/a")).hasSize(8);
        assertThat(block.at("/ns/path 64/b/0")).hasSize(3);
        assertThat(mapper.readTree(lines.get(2)).at("/verdicts/1/verdict").asText()).isEqualTo("UNDECIDED");
        assertThat(perf("judge", json.toString())).isEqualTo(UNDECIDED);

        // Several, by their names or as a folder.
        Files.copy(json, folder.resolve("second.jsonl"));
        for (final String[] arguments : List.of(new String[] {"judge", folder.toString()},
                new String[] {"judge", json.toString(), folder.resolve("second.jsonl").toString()})) {
            out.getBuffer().setLength(0);
            assertThat(perf(arguments)).as(err.toString()).isEqualTo(UNDECIDED);
            assertThat(out.toString()).containsPattern("(?m)^raw.jsonl +1  bare 64 .* UNDECIDED$")
                .containsPattern("(?m)^second.jsonl +1  bare 64 .* UNDECIDED$").containsPattern("(?m)^ +path 64 .* UNDECIDED$")
                .endsWith("UNDECIDED: 2 of 2" + System.lineSeparator());
        }
        assertThat(perf("judge", "--jmh", "x", folder.toString())).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).contains("--jmh takes one FILE");
    }

    @Test
    void shouldRecordATrendAndABaseline() throws IOException {
        final Path history = folder.resolve("history.jsonl");
        for (final String name : List.of("one", "two")) {
            assertThat(perf("record", "--as", name, "--suite", "quick", "--crypto", "jce", "--minutes", "0.01", "--to", history.toString()))
                .as(err.toString()).isEqualTo(Main.OK);
        }
        final Path svg = folder.resolve("trend.svg");
        assertThat(perf("trend", history.toString(), "--svg", svg.toString())).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("added to " + history + ": 2 processes").containsPattern("(?m)^path 64 +of bare +change$")
            .containsPattern("(?m) one +[0-9.]+ *$").containsPattern("(?m) two +[0-9.]+ +[+-][0-9.]+ %$");
        assertThat(svg).content().startsWith("<svg").contains("path 64, times bare").contains("<title>two ");

        assertThat(perf("check", "--baseline", history.toString(), "--suite", "quick", "--crypto", "jce", "--minutes", "0.01"))
            .isEqualTo(UNDECIDED);
        assertThat(out.toString()).contains("baseline: two of ").doesNotContain("other hardware");
        assertThat(perf("check", "--baseline", history.toString(), "--minutes", "0.01")).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).contains("is of the suite quick, and this is path");
    }

    @Test
    void shouldNeverCallOtherHardwareSlower() {
        final Judge judge = new Judge(Math.log1p(0.02), 0.01);
        final List<Samples> history = List.of(samples("this", 2.0));

        assertThat(new Baseline(history, samples("this", 2.2), judge).findings()).extracting(Finding::verdict)
            .containsExactly(Verdict.SLOWER);
        final Baseline elsewhere = new Baseline(history, samples("that", 2.2), judge);
        assertThat(elsewhere.findings()).extracting(Finding::verdict).containsExactly(Verdict.UNDECIDED);
        assertThat(elsewhere.lines(elsewhere.findings())).contains("other hardware: nothing is called SLOWER or FASTER; the history has "
            + "no version that 3 machines have measured: nothing can be said of another one", "  then: this");
        assertThat(new Baseline(history, samples("that", 2.0), judge).findings()).extracting(Finding::verdict)
            .containsExactly(Verdict.UNDECIDED);
    }

    @Test
    void shouldWidenTheIntervalByWhatMachinesDifferBy() {
        final Judge judge = new Judge(Math.log1p(0.02), 0.01);
        final List<Samples> alike = List.of(samples("one", 2.0), samples("two", 2.005), samples("this", 2.0));
        final Baseline close = new Baseline(alike, samples("that", 2.0), judge);
        assertThat(close.findings()).extracting(Finding::verdict).containsExactly(Verdict.SAME);
        assertThat(close.lines(close.findings())).contains(
            "other hardware: nothing is called SLOWER or FASTER; the intervals are widened by what 3 machines in the history differ by");

        final List<Samples> different = List.of(samples("one", 2.0), samples("two", 2.4), samples("this", 2.0));
        final Finding far = new Baseline(different, samples("that", 2.0), judge).findings().getFirst();
        assertThat(far.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(far.interval().high()).isCloseTo(Math.log(1.2), Offset.offset(0.01));
        // A slow-down as large as the spread is not called one.
        assertThat(new Baseline(different, samples("that", 2.5), judge).findings()).extracting(Finding::verdict)
            .containsExactly(Verdict.UNDECIDED);
    }

    private static Samples samples(final String hardware, final double ratio) {
        final Random random = new Random(3);
        final double[] ruler = random.doubles(40, 30, 60).toArray();
        final Map<String, double[]> nanos = new LinkedHashMap<>();
        nanos.put("bare 64", ruler);
        nanos.put("path 64", Arrays.stream(ruler).map(time -> time * ratio * random.nextDouble(0.995, 1.005)).toArray());
        return new Samples("2026-11-26T00:00:00Z", "v", "quick", hardware, nanos);
    }

    @Test
    void shouldCompareForksOfJmh() throws IOException {
        final Path before = jmh("a.json", "avgt", 100, 8);
        assertThat(perf("compare", before.toString(), jmh("b.json", "avgt", 110, 8).toString())).isEqualTo(1);
        assertThat(out.toString()).containsPattern("(?m)^Some.bench size=64 +8 +\\+9.* SLOWER$").contains("SLOWER: Some.bench size=64");
        assertThat(perf("compare", before.toString(), jmh("c.json", "avgt", 90, 8).toString())).isEqualTo(0);
        assertThat(perf("compare", jmh("d.json", "thrpt", 100, 8).toString(), jmh("e.json", "thrpt", 90, 8).toString())).isEqualTo(1);
        // Two forks decide nothing, whatever they say.
        assertThat(perf("compare", jmh("f.json", "avgt", 100, 2).toString(), jmh("g.json", "avgt", 200, 2).toString()))
            .isEqualTo(UNDECIDED);
    }

    private Path jmh(final String name, final String mode, final double score, final int forks) throws IOException {
        final StringBuilder raw = new StringBuilder();
        for (int fork = 0; fork < forks; fork++) {
            raw.append(fork == 0 ? "" : ",").append("[").append(score + 0.1 * fork).append(",").append(score * 3).append(",").append(score)
                .append("]");
        }
        return Files.writeString(folder.resolve(name), "[{\"benchmark\":\"Some.bench\",\"mode\":\"" + mode
            + "\",\"params\":{\"size\":\"64\"},\"primaryMetric\":{\"rawData\":[" + raw + "]}}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "compare no-such-ref .                        | 'no-such-ref'",
        "compare src .                                | the folder src has no qfp.jar",
        "compare no/such.json other.json              | no/such.json: cannot be read: no such file or directory",
        "compare . . --suite all                      | --suite all is not one of path, quick",
        "compare . . --crypto rot13                   | --crypto rot13 is not one of those that work here",
        "compare . . --minutes 0                      | --minutes 0.0 is not within",
        "compare . . --margin NaN                     | --margin NaN is not within",
        "compare . . --error 50                       | --error 50.0 is not within",
        "compare . . --cpu -2                         | --cpu -2 is not a processor",
        "compare . . --json no/such/place.jsonl       | no/such/place.jsonl: cannot be written",
        "check                                        | --base",
        "check --base x --baseline y                  | exclusive",
        "check --baseline pom.xml                     | pom.xml line 1: not what perf record writes",
        "judge pom.xml                                | pom.xml line 1: not what perf compare --json writes",
        "judge no-such-file                           | no such file or directory",
        "judge src/test/java                          | src/test/java/org: cannot be read",
        "trend no-such-file                           | no such file or directory",
        "instructions no-such-ref                     | 'no-such-ref'",
        "instructions . --processes 0                 | --processes 0 is not within 1 to 100",
        "instructions . --suite all                   | --suite all is not one of path, quick",
        "selftest --comparisons 0                     | --comparisons must be within",
        "selftest --pool no-such-file                 | no such file or directory",
        "selftest --record 1                          | --record needs --pool",
    })
    void shouldRefuseWithOneLine(final String arguments, final String message) {
        assertThat(perf(arguments.split(" +"))).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("qfp: ").contains(message);
    }

    private int perf(final String... arguments) {
        final String[] all = new String[arguments.length + 1];
        all[0] = "perf";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), all);
    }
}
