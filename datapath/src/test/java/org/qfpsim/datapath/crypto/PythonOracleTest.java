package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program, Debian's python3-cryptography, opens what we seal. Skipped where it is not installed. */
class PythonOracleTest {
    private static final long SEED = 0x4f5241434c45L;
    private static final int PACKETS = 8;

    @TempDir
    private Path directory;

    @BeforeEach
    void requirePython() throws IOException, InterruptedException {
        final Optional<String> missing = PythonOracle.missing("cryptography", "python3-cryptography");
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }

    @Test
    void shouldSealWhatAnotherProgramOpens() throws Exception {
        final List<String> cases = new ArrayList<>();
        final List<String> owners = new ArrayList<>();
        try (CryptoBackends backends = CryptoBackends.open("auto")) {
            for (final CryptoBackend backend : backends.all()) {
                final BackendFixture fixture = new BackendFixture(backend);
                for (final EspSuite suite : backend.suites()) {
                    for (int i = 0; i < PACKETS; i++) {
                        cases.add(seal(fixture, suite, new RandomEsp(SEED + 1000L * suite.ordinal() + i), i % 2 == 1));
                        owners.add(backend.id());
                    }
                }
            }
        }
        final List<String> verdicts = runOracle(cases);
        final Map<String, Map<String, Integer>> table = new LinkedHashMap<>();
        for (int i = 0; i < verdicts.size(); i++) {
            final String[] words = verdicts.get(i).split(" ", 2);
            table.computeIfAbsent(words[0], suite -> new LinkedHashMap<>()).merge(owners.get(i) + ": " + words[1], 1, Integer::sum);
        }
        System.out.println("python3-cryptography opens what we seal (seed " + SEED + "; half of the packets with ESN):");
        table.forEach((suite, result) -> System.out.printf("  %-24s %s%n", suite, result));
        assertThat(table).hasSize(EspSuite.values().length);
        assertThat(verdicts).allSatisfy(line -> assertThat(line).endsWith(" OK"));
    }

    @Test
    void shouldBeToldOfAForgedPacketByTheOracle() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("jce")) {
            final String honest = seal(new BackendFixture(backends.all().getFirst()), EspSuite.AES_GCM_128_16, new RandomEsp(SEED), true);
            assertThat(runOracle(List.of(honest.replace("\"seq_high\":", "\"seq_high\":1")))).containsExactly("AES_GCM_128_16 bad ICV");
        }
    }

    private static String seal(final BackendFixture fixture, final EspSuite suite, final RandomEsp random, final boolean esn) {
        final EspKeys keys = random.keys(suite);
        final int seqHigh = random.below(Integer.MAX_VALUE / 100);
        final byte[] blank = random.packet(suite, random.below(1500));
        final long low = (blank[4] & 0xffL) << 24 | (blank[5] & 0xff) << 16 | (blank[6] & 0xff) << 8 | blank[7] & 0xff;
        try (EspPacketMemory memory = new EspPacketMemory(); BackendFixture.Sa sa = fixture.install(suite, keys)) {
            memory.put(blank);
            sa.writeIv(memory, (long) seqHigh << Integer.SIZE | low);
            final byte[] plain = memory.get();
            sa.seal(memory, esn, seqHigh);
            final HexFormat hex = HexFormat.of();
            final ObjectNode node = new ObjectMapper().createObjectNode();
            node.put("suite", suite.name()).put("cipher", suite.cipher().id()).put("auth", suite.auth().id());
            node.put("key", hex.formatHex(keys.key())).put("salt", hex.formatHex(keys.salt())).put("authkey", hex.formatHex(keys.authKey()));
            node.put("icv", suite.icvBytes()).put("esn", esn).put("seq_high", seqHigh);
            node.put("plain", hex.formatHex(plain)).put("sealed", hex.formatHex(memory.get()));
            return node.toString();
        }
    }

    private List<String> runOracle(final List<String> cases) throws IOException, InterruptedException {
        return PythonOracle.run(directory, cases, "/crypto/esp_oracle.py");
    }
}
