package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.docs.ShellWords;

/** What cannot be used is refused with one line that names it, exit code 2, and nothing half-written. */
class BadInputTest {
    @TempDir
    private Path directory;
    private Path capture;
    private Path keys;
    private Path table;

    @BeforeEach
    void makeFiles() throws IOException {
        capture = Files.write(directory.resolve("c.pcap"), SmallCapture.pcap(SmallCapture.corpus(30), Integer.MAX_VALUE));
        keys = TestFiles.copy("corpus/keys.json", directory);
        table = TestFiles.copy("corpus/wireshark/esp_sa", directory);
    }

    @AfterEach
    void nothingIsHalfWritten() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void shouldRefuseCapturesThatAreNone() throws IOException {
        final Path unknown = Files.writeString(directory.resolve("text"), "this is not a capture");
        final Path empty = Files.createFile(directory.resolve("empty"));
        final Path missing = directory.resolve("missing");
        assertThat(replay(unknown)).isEqualTo(unknown + ": starts with 0x74686973: neither a pcap nor a pcapng file; convert it with editcap");
        assertThat(replay(empty)).isEqualTo(empty + ": the file is empty; give a pcap or pcapng file");
        assertThat(replay(missing)).isEqualTo(missing + ": cannot be read: no such file or directory; check the path");
        assertThat(replay(directory)).isEqualTo(directory + ": cannot be read: it is a directory; name a file");
    }

    private String replay(final Path file) throws IOException {
        final Path verdicts = directory.resolve("v");
        final String refusal = Replay.run(file, "--device", keys, "--verdicts", verdicts).refusal();
        assertThat(verdicts).doesNotExist();
        return refusal;
    }

    /** Wherever the file is cut, the frames before the cut are in every output, and the outputs are whole. */
    @Test
    void shouldWriteWhatCameBeforeTheCut() throws IOException {
        final List<SmallCapture.Frame> frames = SmallCapture.corpus(3);
        final byte[] whole = SmallCapture.pcap(frames, Integer.MAX_VALUE);
        final Path cut = directory.resolve("cut.pcap");
        for (int octets = 1; octets < whole.length; octets++) {
            Files.write(cut, Arrays.copyOf(whole, octets));
            final Path outputs = Files.createDirectories(directory.resolve("at" + octets));
            final Replay run = Replay.run(cut, "--device", keys, "--ring-slots", 16, "--verdicts", outputs.resolve("v"), "--json", outputs.resolve("j"),
                "--out", outputs.resolve("o"), "--drops", outputs.resolve("d"));
            if (SmallCapture.endsWhole(frames, octets)) {
                run.ok();
            } else {
                assertThat(run.refusal()).startsWith(cut + ": ").contains("the file is cut off");
            }
            checkOutputs(outputs, SmallCapture.wholeFrames(frames, octets));
        }
    }

    private static void checkOutputs(final Path outputs, final int frames) throws IOException {
        if (frames < 0) {
            assertThat(outputs).isEmptyDirectory();
            return;
        }
        final List<JsonNode> verdicts = TestFiles.lines(outputs.resolve("v"));
        assertThat(verdicts).hasSize(frames);
        final JsonNode totals = TestFiles.JSON.readTree(outputs.resolve("j").toFile()).get("totals");
        assertThat(totals.get("received").asInt()).isEqualTo(frames);
        assertThat(SmallCapture.frames(Files.readAllBytes(outputs.resolve("o")))).hasSize(totals.get("forwarded").asInt());
        assertThat(SmallCapture.frames(Files.readAllBytes(outputs.resolve("d")))).hasSize(totals.get("dropped").asInt());
    }

    @Test
    void shouldNameTheFrameWhoseRecordRunsPastTheEnd() throws IOException {
        final byte[] octets = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(octets, octets.length - 1));
        final Replay run = Replay.run(capture, "--device", keys);
        assertThat(run.refusal()).startsWith(capture + ": frame 30 at offset ").contains("the file is cut off");
        assertThat(run.out()).startsWith("received 29 = ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/sas/0 | key     | \"00\"         | $.sas[0].key: has 1 octet",
        "/sas/2 | salt    | \"0011\"       | $.sas[2].salt: has 2 octets",
        "/sas/1 | spi     | \"0x2265c1f5\" | $.sas[1].spi: 0x2265c1f5 towards 20.1.1.2 is the SA $.sas[0] already",
        "/sas/1 | cipher  | \"des\"        | $.sas[1].cipher: 'des' is not known; use one of",
        "/sas/1 | auth    | \"md5\"        | $.sas[1].auth: 'md5' is not known; use one of",
        "/sas/3 | dst     | \"1.2.3.4\"    | $.sas[3].dst: 1.2.3.4 is not an address of the device",
        "/sas/4 | icv_len | 7              | $.sas[4].icv_len: ",
    })
    void shouldNameThePlaceInTheDeviceFile(final String object, final String field, final String value, final String message)
        throws IOException {
        final JsonNode content = TestFiles.JSON.readTree(value);
        final Path changed = changedKeys(root -> ((ObjectNode) root.at(object)).set(field, content));
        assertThat(Replay.run(capture, "--device", changed).refusal()).startsWith(changed + ": " + message);
    }

    @Test
    void shouldRefuseAnOutboundSaThatNoPolicyUses() throws IOException {
        final Path changed = changedKeys(root -> {
            final ObjectNode sa = root.at("/sas/2").deepCopy();
            sa.put("src", "20.1.1.2").put("dst", "10.1.1.1").put("name", "back").remove("selectors");
            root.set("outbound_sas", TestFiles.JSON.createArrayNode().add(sa));
        });
        assertThat(Replay.run(capture, "--device", changed).refusal())
            .startsWith(changed + ": $.outbound_sas[0].name: no policy leads to the SA 'back'; add one with ");
    }

    @Test
    void shouldRefuseALibraryThatCannotDoAnSa() throws IOException {
        final Path changed = changedKeys(root -> ((ObjectNode) root.at("/sas/2")).put("icv_len", 8));
        assertThat(Replay.run(capture, "--device", changed, "--crypto", "jce").refusal())
            .isEqualTo("SA t4_gcm128: --crypto jce cannot do AES-GCM-128 with 8-octet ICV; use auto, ipsec-mb or libcrypto");
    }

    private Path changedKeys(final Consumer<ObjectNode> change) throws IOException {
        final ObjectNode root = (ObjectNode) TestFiles.JSON.readTree(keys.toFile());
        change.accept(root);
        final Path changed = directory.resolve("changed.json");
        TestFiles.JSON.writeValue(changed.toFile(), root);
        return changed;
    }

    @Test
    void shouldNameTheLineOfTheTable() throws IOException {
        Files.writeString(table, Files.readString(table).replaceFirst("AES-CBC \\[RFC3602\\]", "3DES"));
        assertThat(Replay.run(capture, "--esp-sa", table).refusal()).startsWith(table + ": line 1: ").contains("3DES");
        assertThat(Replay.run(capture, "--esp-sa", directory.resolve("none")).refusal())
            .isEqualTo(directory.resolve("none") + ": cannot be read: no such file or directory; check the path");
        assertThat(Replay.run(capture, "--device", directory).refusal())
            .isEqualTo(directory + ": cannot be read: Is a directory; name a file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--ppes 0             | --ppes 0 is not within 1 to 64",
        "--ppes 65            | --ppes 65 is not within 1 to 64",
        "--ppes x             | Invalid value for option '--ppes': 'x' is not an int (./qfp replay --help explains)",
        "--ring-slots 100     | --ring-slots 100 is not a power of two",
        "--slot-bytes 10000   | --slot-bytes 10000 is not within 256 to 9216",
        "--mode fast          | --mode fast is neither invoker nor dedicated",
        "--dispatch any       | --dispatch any is neither any-idle nor flow-hash",
        "--crypto openssl     | --crypto openssl is not one of auto, ipsec-mb, libcrypto, jce",
        "--platform asr9k     | --platform: unknown platform profile \"asr9k\": use one of esp5, esp10, esp20, esp40, esp100, esp200, "
            + "asr1001, asr1001-x, asr1002-x, asr1001-hx, asr1002-hx, software",
        "--release nonsense   | --release: \"nonsense\" is not an IOS XE release: write it as 3.7, 3.7S, 16.9 or 17.13.1a",
        "--verdict x          | unknown option '--verdict'; did you mean --verdicts or --version? (./qfp replay --help explains)",
        "b.pcap               | unexpected argument 'b.pcap' (./qfp replay --help explains)",
    })
    void shouldNameTheOptionAndItsRange(final String options, final String message) {
        final Object[] arguments = Stream.concat(Stream.of(capture, "--device", keys), ShellWords.split(options).stream()).toArray();
        assertThat(Replay.run(arguments).refusal()).isEqualTo(message);
    }

    @Test
    void shouldAskForSas() {
        assertThat(Replay.run(capture).refusal())
            .isEqualTo("no SAs: give --device FILE (docs/device-file.md) or --esp-sa FILE (Wireshark's table), or both");
        assertThat(Replay.run().refusal()).isEqualTo("Missing required parameter: 'CAPTURE' (./qfp replay --help explains)");
    }

    @Test
    void shouldAnswerAnUnknownCommandAsThePlatformDoesBeforeTheRun() {
        final Path verdicts = directory.resolve("v");
        final Replay run = Replay.run(directory.resolve("missing"), "--device", keys, "--verdicts", verdicts, "--show", "show platfrom");
        assertThat(run.code()).isEqualTo(Main.BAD_INPUT);
        assertThat(run.err()).isEqualTo("""
            qfp: --show 'show platfrom':
            show platfrom
                      ^
            % Invalid input detected at '^' marker.
            """);
        assertThat(run.out()).isEmpty();
        assertThat(verdicts).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--verdicts @/a --out @/a           | @/a: is the file of --verdicts already; give --out another one",
        "--drops @/a --json @/./a           | @/./a: is the file of --drops already; give --json another one",
        "--out @/c.pcap                     | @/c.pcap: is the file of CAPTURE already; give --out another one",
        "--json @/link                      | @/link: is the file of --device already; give --json another one",
        "--counters @/a --json @/a          | @/a: is the file of --json already; give --counters another one",
        "--verdicts - --json /dev/stdout    | /dev/stdout: is the file of --verdicts already; give --json another one",
    })
    void shouldNotWriteAFileTwiceOrOverAnInput(final String options, final String message) throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), keys);
        final byte[] before = Files.readAllBytes(capture);
        final String inDirectory = options.replace("@", directory.toString());
        final Object[] arguments = Stream.concat(Stream.of(capture, "--device", keys), ShellWords.split(inDirectory).stream()).toArray();
        assertThat(Replay.run(arguments).refusal()).isEqualTo(message.replace("@", directory.toString()));
        assertThat(capture).hasBinaryContent(before);
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void shouldWriteNowhereAsOftenAsOneLikes() {
        Replay.run(capture, "--device", keys, "--verdicts", "/dev/null", "--out", "/dev/null").ok();
    }

    @Test
    void shouldDropFramesThatTheSnapLengthCut() throws IOException {
        final List<SmallCapture.Frame> frames = SmallCapture.corpus(50);
        final Path cut = Files.write(directory.resolve("snap.pcap"), SmallCapture.pcap(frames, 96));
        final long count = frames.stream().filter(frame -> frame.octets().length > 96).count();
        final Path verdicts = directory.resolve("v");
        final Path report = directory.resolve("j");

        final Replay run = Replay.run(cut, "--device", keys, "--verdicts", verdicts, "--json", report);

        assertThat(run.code()).isZero();
        assertThat(run.err().lines()).containsExactly("warning: " + count
            + " frames were cut by the capture's snap length and dropped; record with a larger one");
        final List<JsonNode> lines = TestFiles.lines(verdicts);
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).octets().length > 96) {
                assertThat(lines.get(i).get("name").asText()).as("frame %d", i + 1).isEqualTo("BadLen");
            }
        }
        assertThat(TestFiles.JSON.readTree(report.toFile()).at("/capture/cut_by_snap_length").asLong()).isEqualTo(count);
    }

    @Test
    void shouldRefuseAFileOfOtherJson() throws IOException {
        final ArrayNode array = TestFiles.JSON.createArrayNode();
        final Path file = directory.resolve("array.json");
        TestFiles.JSON.writeValue(file.toFile(), array);
        assertThat(Replay.run(capture, "--device", file).refusal()).startsWith(file + ": $");
    }
}
