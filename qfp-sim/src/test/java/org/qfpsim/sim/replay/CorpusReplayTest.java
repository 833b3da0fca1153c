package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.crypto.CryptoBackends;

/** All frames of the corpus, in every configuration: the oracle's verdicts, and the same counters everywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusReplayTest {
    /** What depends on settings and timing, not on the input. */
    private static final List<String> NOT_COMPARED = List.of("ppes", "pipeline", "crypto", "environment");

    @TempDir
    private static Path directory;

    private final CorpusOracle oracle;
    private Path capture;
    private Path keys;
    private String referenceVerdicts;
    private JsonNode referenceReport;

    CorpusReplayTest() throws IOException {
        oracle = new CorpusOracle();
    }

    /** How the corpus is run. */
    record Setting(int ppes, String dispatch, String mode, String crypto) {
        static List<Setting> all() {
            final List<Setting> all = new ArrayList<>();
            for (final String crypto : CryptoBackends.available()) {
                for (final String mode : List.of("invoker", "dedicated")) {
                    for (final String dispatch : List.of("any-idle", "flow-hash")) {
                        for (final int ppes : new int[] {1, 2, 4}) {
                            all.add(new Setting(ppes, dispatch, mode, crypto));
                        }
                    }
                }
            }
            return all;
        }
    }

    @BeforeAll
    void runWithDefaults() throws IOException {
        capture = TestFiles.copy("corpus/corpus.pcap", directory);
        keys = TestFiles.copy("corpus/keys.json", directory);
        Replay.run(capture, "--device", keys, "--verdicts", directory.resolve("v"), "--json", directory.resolve("j")).ok();
        referenceVerdicts = Files.readString(directory.resolve("v"));
        referenceReport = comparable(directory.resolve("j"));
    }

    @Test
    void shouldAgreeWithTheOracleWithDefaults() throws IOException {
        assertThat(oracle.complaints(TestFiles.lines(directory.resolve("v")))).isEmpty();
        assertThat(tops(referenceReport)).isEqualTo(canonical(oracle.finalReplayTop()));
        assertThat(referenceReport.get("totals").get("received").asInt()).isEqualTo(2000);
    }

    @ParameterizedTest
    @MethodSource("org.qfpsim.sim.replay.CorpusReplayTest$Setting#all")
    void shouldGiveTheSameVerdictsAndCountersInEverySetting(final Setting setting) throws IOException {
        final Path verdicts = directory.resolve(setting + ".jsonl");
        final Path report = directory.resolve(setting + ".json");
        Replay.run(capture, "--device", keys, "--verdicts", verdicts, "--json", report, "--ppes", setting.ppes, "--dispatch",
            setting.dispatch, "--mode", setting.mode, "--crypto", setting.crypto).ok();

        assertThat(oracle.complaints(TestFiles.lines(verdicts))).isEmpty();
        assertThat(verdicts).hasContent(referenceVerdicts);
        final JsonNode compared = comparable(report);
        assertThat(tops(compared)).isEqualTo(canonical(oracle.finalReplayTop()));
        referenceReport.properties().forEach(part ->
            assertThat(compared.get(part.getKey())).as(part.getKey()).containsExactlyElementsOf(part.getValue()));
        assertThat(compared).isEqualTo(referenceReport);
        assertThat(TestFiles.JSON.readTree(report.toFile()).get("sas")).allMatch(sa -> sa.get("crypto").asText().equals(setting.crypto));
        assertThat(sharesOfEngines(report)).isEqualTo(sumsOf(compared));
    }

    /** The table has the SAs without ESN and no policy: what the oracle forwards through them must come out of it as well. */
    @Test
    void shouldDecryptWithTheWiresharkTable() throws IOException {
        final Path table = TestFiles.copy("corpus/wireshark/esp_sa", directory);
        Replay.run(capture, "--esp-sa", table, "--verdicts", directory.resolve("w")).ok();
        final List<JsonNode> verdicts = TestFiles.lines(directory.resolve("w"));
        final List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (final JsonNode packet : oracle.packets()) {
            if (packet.get("outcome").asText().equals("OK") && packet.has("inner") && !packet.get("sa").asText().contains("_esn_")) {
                compared++;
                final JsonNode verdict = verdicts.get(packet.get("n").asInt() - 1);
                if (!packet.get("inner").equals(verdict.get("inner"))) {
                    wrong.add(verdict + " is not as in " + packet);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(800);
    }

    /** The report without what depends on settings and timing. */
    private static JsonNode comparable(final Path report) throws IOException {
        final ObjectNode json = (ObjectNode) TestFiles.JSON.readTree(report.toFile());
        json.remove(NOT_COMPARED);
        json.get("sas").forEach(sa -> ((ObjectNode) sa).remove("crypto"));
        return json;
    }

    private static Map<String, Long> tops(final JsonNode report) {
        final Map<String, String> tops = new HashMap<>();
        report.get("sas").forEach(sa -> tops.put(sa.get("name").asText(), sa.get("replay_top").asText()));
        return canonical(tops);
    }

    private static Map<String, Long> canonical(final Map<String, String> hex) {
        return hex.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Long.parseUnsignedLong(e.getValue().substring(2), 16)));
    }

    private static Map<String, Long> sharesOfEngines(final Path report) throws IOException {
        final Map<String, Long> sums = new HashMap<>();
        TestFiles.JSON.readTree(report.toFile()).get("ppes").forEach(ppe -> ppe.properties().forEach(share -> {
            if (!share.getKey().equals("ppe")) {
                sums.merge(share.getKey(), share.getValue().asLong(), Long::sum);
            }
        }));
        return sums;
    }

    private static Map<String, Long> sumsOf(final JsonNode report) {
        return List.of("forwarded", "dropped", "punted", "consumed").stream()
            .collect(Collectors.toMap(name -> name, name -> report.get("totals").get(name).asLong()));
    }
}
