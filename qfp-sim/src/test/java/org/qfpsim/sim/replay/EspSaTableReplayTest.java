package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's table, with wildcards, with a device file, and captures that can be read only once. */
class EspSaTableReplayTest {
    private static final String NAME = "captures/v1-aes128gcm16-natt/";

    @TempDir
    private Path directory;
    private Path capture;
    private Path keys;
    private Path table;
    private List<String> exact;

    @BeforeEach
    void makeFiles() throws IOException {
        capture = TestFiles.copy(NAME + "wire.pcap", directory);
        keys = TestFiles.copy(NAME + "keys.json", directory);
        table = TestFiles.copy(NAME + "wireshark/esp_sa", directory);
        exact = verdicts(capture, "--esp-sa", table);
    }

    private List<String> verdicts(final Object... arguments) throws IOException {
        final List<Object> all = new ArrayList<>(List.of(arguments));
        final Path verdicts = directory.resolve("v");
        all.addAll(List.of("--verdicts", verdicts));
        Replay.run(all.toArray()).ok();
        return Files.readAllLines(verdicts);
    }

    /** The table of the capture with other fields 2 to 4: source, destination, SPI. */
    private Path wild(final String source, final String destination, final String spi) throws IOException {
        final List<String> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(table)) {
            final String[] fields = line.split(",", 5);
            lines.add(String.join(",", fields[0], source.isEmpty() ? fields[1] : source, destination.isEmpty() ? fields[2] : destination,
                spi.isEmpty() ? fields[3] : spi, fields[4]));
        }
        return Files.write(directory.resolve("wild"), lines);
    }

    @Test
    void shouldNameSasBySpiAndDestination() throws IOException {
        final Path report = directory.resolve("j");
        verdicts(capture, "--esp-sa", table, "--json", report);
        assertThat(TestFiles.JSON.readTree(report.toFile()).get("sas")).extracting(sa -> sa.get("name").asText())
            .containsExactlyInAnyOrder("0x42319393@10.1.1.1", "0x9987d763@20.1.1.2");
        assertThat(exact).anyMatch(line -> line.contains("\"sa\":\"0x9987d763@20.1.1.2\""));
    }

    @Test
    void shouldTakeWildcards() throws IOException {
        assertThat(verdicts(capture, "--esp-sa", wild("\"*\"", "\"*\"", ""))).isEqualTo(exact);
        assertThat(verdicts(capture, "--esp-sa", wild("\"*\"", "", "\"*\""))).hasSameSizeAs(exact)
            .filteredOn(line -> line.contains("FORWARD")).hasSameSizeAs(exact.stream().filter(line -> line.contains("FORWARD")).toList());
        assertThat(verdicts(capture, "--esp-sa", wild("\"*\"", "\"*.1.1.*\"", ""))).isEqualTo(exact);
    }

    @Test
    void shouldReadWildcardsUpToTheDamage() throws IOException {
        final byte[] octets = Files.readAllBytes(capture);
        final Path cut = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(octets, octets.length - 1));
        final Path verdicts = directory.resolve("cut.jsonl");
        assertThat(Replay.run(cut, "--esp-sa", wild("\"*\"", "\"*\"", ""), "--verdicts", verdicts).refusal()).contains("the file is cut off");
        assertThat(verdicts).content().isEqualTo(String.join("\n", exact.subList(0, exact.size() - 1)) + "\n");
    }

    /** The device file wins where both know an SA; the table adds the others. */
    @Test
    void shouldAddTheTableToTheDevice() throws IOException {
        final ObjectNode root = (ObjectNode) TestFiles.JSON.readTree(keys.toFile());
        final ArrayNode sas = (ArrayNode) root.get("esp");
        sas.remove(1);
        ((ObjectNode) sas.get(0)).put("name", "from the file");
        TestFiles.JSON.writeValue(keys.toFile(), root);
        final Path report = directory.resolve("j");

        final List<String> both = verdicts(capture, "--device", keys, "--esp-sa", table, "--json", report);

        assertThat(both).extracting(line -> line.replaceAll("\"sa\":\"[^\"]*\"", ""))
            .containsExactlyElementsOf(exact.stream().map(line -> line.replaceAll("\"sa\":\"[^\"]*\"", "")).toList());
        assertThat(TestFiles.JSON.readTree(report.toFile()).get("sas")).extracting(sa -> sa.get("name").asText())
            .containsExactly("from the file", "0x9987d763@20.1.1.2");
    }

    @Test
    void shouldReadACaptureFromAFifo() throws Exception {
        final Path fifo = fifo();
        final CompletableFuture<Void> written = feed(fifo);
        assertThat(verdicts(fifo, "--esp-sa", table)).isEqualTo(exact);
        written.get(1, TimeUnit.MINUTES);
    }

    @Test
    void shouldRefuseAFifoThatWouldHaveToBeReadTwice() throws Exception {
        final Path fifo = fifo();
        final Path wild = wild("\"*\"", "\"*\"", "");
        assertThat(Replay.run(fifo, "--esp-sa", wild).refusal()).isEqualTo(fifo + ": is not a regular file, and the wildcards of " + wild
            + " need it to be read twice; save it to a file, or give every SA its destination and SPI");
    }

    @Test
    void shouldGiveTheVerdictsOfTheDeviceFile() throws IOException {
        final List<JsonNode> ofDevice = new ArrayList<>();
        for (final String line : verdicts(capture, "--device", keys)) {
            ofDevice.add(TestFiles.JSON.readTree(line));
        }
        for (int i = 0; i < exact.size(); i++) {
            assertThat(ofDevice.get(i)).isEqualTo(TestFiles.JSON.readTree(exact.get(i)));
        }
    }

    private Path fifo() throws Exception {
        final Path fifo = directory.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo is not there");
        return fifo;
    }

    private CompletableFuture<Void> feed(final Path fifo) {
        return CompletableFuture.runAsync(() -> {
            try {
                Files.write(fifo, Files.readAllBytes(capture));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
