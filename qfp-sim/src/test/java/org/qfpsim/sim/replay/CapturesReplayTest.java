package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.sim.capture.CaptureBuilder;
import org.qfpsim.sim.capture.CaptureReader;
import org.qfpsim.sim.capture.LinkType;

/** Captures of real tunnels, with the keys in both forms and in other capture formats. */
class CapturesReplayTest {
    private static final int ETHERNET_BYTES = 14;
    private static final int COOKED_BYTES = 16;
    private static final int LINKTYPE_RAW = 101;
    private static final int LINKTYPE_LINUX_SLL = 113;

    @TempDir
    private Path directory;

    private record Frame(long nanos, byte[] octets, int original) {
        int etherType() {
            return (octets[12] & 0xff) << 8 | octets[13] & 0xff;
        }

        boolean ip() {
            return etherType() == 0x0800 || etherType() == 0x86dd;
        }

        byte[] packet() {
            return Arrays.copyOfRange(octets, ETHERNET_BYTES, octets.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-aes128gcm16-natt", "v1-aes128sha1-modp1024-raw", "v1-aes256sha256-natt-rekey",
        "v2-aes128gcm16-raw-outer6-inner6", "v2-aes256gcm16-raw"})
    void shouldDecryptEveryEspPacket(final String name) throws IOException {
        final Path capture = TestFiles.copy("captures/" + name + "/wire.pcap", directory);
        final Path keys = TestFiles.copy("captures/" + name + "/keys.json", directory);
        final Path table = TestFiles.copy("captures/" + name + "/wireshark/esp_sa", directory);
        final JsonNode expected = TestFiles.json("captures/" + name + "/expected.json.gz");
        assertThat(expected).isNotEmpty();
        for (final Object[] given : new Object[][] {{"--device", keys}, {"--esp-sa", table}, {"--device", keys, "--esp-sa", table}}) {
            final List<JsonNode> verdicts = new ArrayList<>();
            for (final String line : verdicts(capture, given)) {
                verdicts.add(TestFiles.JSON.readTree(line));
            }
            assertThat(wrong(expected, verdicts)).as(Arrays.toString(given)).isEmpty();
        }
    }

    private static List<String> wrong(final JsonNode expected, final List<JsonNode> verdicts) {
        final List<String> wrong = new ArrayList<>();
        for (final JsonNode packet : expected) {
            final JsonNode verdict = verdicts.get(packet.get("frame").asInt() - 1);
            // A fragment is consumed; the frame that completes it has the packet.
            final JsonNode carrier = verdict.has("group") ? verdicts.get(verdict.get("group").asInt() - 1) : verdict;
            if (!packet.get("inner").equals(carrier.get("inner")) || !packet.get("spi").equals(carrier.get("spi"))
                || Long.decode(carrier.get("seq").asText()) != packet.get("seq").asLong()) {
                wrong.add(verdict + " is not as in " + packet);
            }
        }
        return wrong;
    }

    /** What a peer does while the other end has lost its SAs; the keys of all SAs are known, so every packet opens. */
    @ParameterizedTest
    @ValueSource(strings = {"v1-pyB-IC-quickmode-598", "v1-pyB-noIC-delete-close_none-598", "v1-pyB-noIC-delete-close_start-601raw",
        "v1-restart-nodpd-598", "v1-unauth-notifies", "v2-initialcontact-598", "v2-restart-nodpd-598"})
    void shouldOpenOrPuntEveryPacketOfARecovery(final String name) throws IOException {
        final Path capture = TestFiles.copy("captures/invspi/" + name + "/wire.pcap", directory);
        final Path keys = TestFiles.copy("captures/invspi/" + name + "/keys.json", directory);
        final List<String> verdicts = verdicts(capture, "--device", keys);
        assertThat(verdicts).allMatch(line -> line.contains("\"FORWARD\",\"sa\":") || line.contains("\"PUNT\""));
        assertThat(verdicts).filteredOn(line -> line.contains("\"FORWARD\"")).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-aes128gcm16-natt", "v1-aes128sha1-modp1024-raw", "v2-aes128gcm16-raw-outer6-inner6",
        "invspi/v1-restart-nodpd-598"})
    void shouldGiveTheSameVerdictsForEveryFormat(final String name) throws IOException {
        final Path original = TestFiles.copy("captures/" + name + "/wire.pcap", directory);
        final Path keys = TestFiles.copy("captures/" + name + "/keys.json", directory);
        final List<Frame> frames = frames(original);
        final List<String> verdicts = verdicts(original, "--device", keys);
        assertThat(verdicts).hasSameSizeAs(frames);

        assertThat(verdicts(write("ng", pcapng(frames)), "--device", keys)).isEqualTo(verdicts);
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            assertThat(verdicts(write("nano", nanosecondPcap(frames, order)), "--device", keys)).isEqualTo(verdicts);
        }
        assertThat(verdicts(write("cooked", cooked(frames)), "--device", keys)).isEqualTo(verdicts);

        final List<String> ofPackets = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).ip()) {
                ofPackets.add(withoutNumber(verdicts.get(i)));
            }
        }
        assertThat(verdicts(write("raw", raw(frames)), "--device", keys).stream().map(CapturesReplayTest::withoutNumber))
            .containsExactlyElementsOf(ofPackets);
    }

    private static String withoutNumber(final String verdict) {
        return verdict.replaceAll("\"(n|group)\":\\d+", "");
    }

    private List<String> verdicts(final Path capture, final Object... given) throws IOException {
        final Path verdicts = directory.resolve("verdicts");
        final List<Object> arguments = new ArrayList<>(List.of(capture, "--verdicts", verdicts));
        arguments.addAll(List.of(given));
        Replay.run(arguments.toArray()).ok();
        return Files.readAllLines(verdicts);
    }

    private Path write(final String name, final byte[] capture) throws IOException {
        return Files.write(directory.resolve(name), capture);
    }

    private static List<Frame> frames(final Path capture) throws IOException {
        final List<Frame> frames = new ArrayList<>();
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(Files.readAllBytes(capture)), "wire.pcap")) {
            while (reader.next()) {
                frames.add(new Frame(reader.timestampNanos(), Arrays.copyOf(reader.data(), reader.capturedLength()),
                    reader.originalLength()));
            }
        }
        return frames;
    }

    private static byte[] pcapng(final List<Frame> frames) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, "test")) {
            final int port = writer.addInterface(LinkType.ETHERNET.number(), "eth0");
            for (final Frame frame : frames) {
                writer.write(port, frame.nanos, ByteBuffer.wrap(frame.octets), frame.original, null);
            }
        }
        return out.toByteArray();
    }

    private static byte[] nanosecondPcap(final List<Frame> frames, final ByteOrder order) {
        final CaptureBuilder file = new CaptureBuilder(order).pcap(true, 1);
        frames.forEach(f -> file.record(f.nanos / 1_000_000_000, f.nanos % 1_000_000_000, f.octets, f.original));
        return file.bytes();
    }

    private static byte[] cooked(final List<Frame> frames) {
        final CaptureBuilder file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(true, LINKTYPE_LINUX_SLL);
        for (final Frame frame : frames) {
            final byte[] octets = ByteBuffer.allocate(COOKED_BYTES + frame.octets.length - ETHERNET_BYTES)
                .putShort((short) 0).putShort((short) 1).putShort((short) 6).put(frame.octets, 6, 6).putShort((short) 0)
                .putShort((short) frame.etherType()).put(frame.packet()).array();
            file.record(frame.nanos / 1_000_000_000, frame.nanos % 1_000_000_000, octets, octets.length);
        }
        return file.bytes();
    }

    private static byte[] raw(final List<Frame> frames) {
        final CaptureBuilder file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(true, LINKTYPE_RAW);
        frames.stream().filter(Frame::ip)
            .forEach(f -> file.record(f.nanos / 1_000_000_000, f.nanos % 1_000_000_000, f.packet(), f.original - ETHERNET_BYTES));
        return file.bytes();
    }
}
