package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.sim.capture.CaptureBuilder;

/** Clear packets through a device file with outbound SAs, and what left through the device file of the peer. */
class OutboundReplayTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final long SEED = 0x4f5554L;
    private static final int LINKTYPE_RAW = 101;
    private static final int PACKETS = 60;
    private static final int DF = 0x4000;
    private static final int MTU = 1400;
    private static final String SA = """
        [{"name": "branch", "spi": "0x42319393", "src": "20.1.1.2", "dst": "10.1.1.1", "cipher": "%s", "key": "%s", %s}]""";
    private static final String DEVICE = """
        {"device": {"ipv4": ["%s"]}, "%s": %s, "policies": [{"action": "protect", %s "src": "192.168.2.0/24", "dst": "192.168.100.0/24"}]%s}""";

    @TempDir
    private Path directory;
    private Path clear;
    private List<byte[]> packets;

    @BeforeEach
    void makeCapture() throws IOException {
        System.out.println("outbound seed " + SEED);
        final Random random = new Random(SEED);
        packets = new ArrayList<>();
        final CaptureBuilder file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, LINKTYPE_RAW);
        for (int i = 0; i < PACKETS; i++) {
            final byte[] packet = udp(random, 20 + random.nextInt(1_470), 0);
            packets.add(packet);
            file.record(i, 0, packet, packet.length);
        }
        clear = Files.write(directory.resolve("clear.pcap"), file.bytes());
    }

    /** A UDP packet from one protected network to the other. */
    private static byte[] udp(final Random random, final int payload, final int flags) {
        final ByteBuffer packet = ByteBuffer.allocate(20 + 8 + payload);
        packet.put((byte) 0x45).put((byte) random.nextInt(3)).putShort((short) packet.capacity());
        packet.putShort((short) random.nextInt()).putShort((short) flags).put((byte) 64).put((byte) 17).putShort((short) 0);
        packet.putInt(0xc0a8_0200 + random.nextInt(256)).putInt(0xc0a8_6400 + random.nextInt(256));
        packet.putShort((short) 1024).putShort((short) 53).putShort((short) (8 + payload)).putShort((short) 0);
        while (packet.hasRemaining()) {
            packet.put((byte) random.nextInt());
        }
        Checksum.write(new UnsafeBuffer(packet.array()), 0, 20);
        return packet.array();
    }

    private Path device(final String name, final String address, final String list, final String sa, final String rule, final String rest)
        throws IOException {
        return Files.writeString(directory.resolve(name), DEVICE.formatted(address, list, sa, rule, rest));
    }

    private Path sender(final String sa, final String fragmentation) throws IOException {
        return device("sender.json", "20.1.1.2", "outbound_sas", sa, "\"direction\": \"out\", \"sa\": \"branch\",",
            ", \"outbound\": {\"mtu\": " + MTU + ", \"fragmentation\": \"" + fragmentation + "\"}");
    }

    private static String gcm() {
        return SA.formatted("aes-gcm", "0f0e0d0c0b0a09080706050403020100", "\"salt\": \"ddccbbaa\"");
    }

    private static String cbc() {
        return SA.formatted("aes-cbc", "0f0e0d0c0b0a09080706050403020100",
            "\"auth\": \"hmac-sha1-96\", \"authkey\": \"000102030405060708090a0b0c0d0e0f10111213\", \"udpencap\": true");
    }

    private List<JsonNode> replay(final Path capture, final Path device, final Path out) throws IOException {
        final Path verdicts = directory.resolve("verdicts");
        Replay.run(capture, "--device", device, "--out", out, "--verdicts", verdicts).ok();
        return TestFiles.lines(verdicts);
    }

    @ParameterizedTest
    @CsvSource({"gcm,before", "gcm,after", "cbc,before", "cbc,after"})
    void shouldSendWhatThePeerOpens(final String suite, final String fragmentation) throws IOException {
        final String sa = suite.equals("gcm") ? gcm() : cbc();
        final Path sent = directory.resolve("sent.pcapng");
        final Path received = directory.resolve("received.pcapng");
        final List<JsonNode> out = replay(clear, sender(sa, fragmentation), sent);
        assertThat(out).hasSize(PACKETS).allMatch(line -> line.path("protected").asBoolean());
        assertThat(inner(out)).isEqualTo(packets.stream().map(HEX::formatHex).toList());

        final List<SmallCapture.Frame> wire = SmallCapture.frames(Files.readAllBytes(sent));
        assertThat(wire).hasSizeGreaterThan(PACKETS).allMatch(frame -> frame.octets().length <= MTU);
        assertThat(wire.stream().filter(frame -> (frame.octets()[6] & 0x3f) != 0 || frame.octets()[7] != 0).count() > 0)
            .as("fragments of ESP").isEqualTo(fragmentation.equals("after"));

        final List<JsonNode> in = replay(sent, device("peer.json", "10.1.1.1", "sas", sa, "", ""), received);
        assertThat(in).hasSameSizeAs(wire).allMatch(line -> line.has("sa") || line.path("why").asText().equals("fragment"));
        if (fragmentation.equals("after")) {
            assertThat(inner(in)).isEqualTo(inner(out));
        } else {
            assertThat(joined(inner(in))).isEqualTo(inner(out).stream().map(packet -> packet.substring(40)).toList());
        }
    }

    /** Sequence numbers are the SA's, not the rule's: two packets with one number would share a nonce, and the peer would drop the second. */
    @Test
    void shouldNumberThePacketsOfAllRulesOfAnSaInOneRow() throws IOException {
        final Path device = sender(gcm(), "after");
        final String rule = Files.readString(device).replaceFirst("(?s).*\"policies\": \\[(.*?)\\].*", "$1");
        Files.writeString(device, Files.readString(device).replace(rule, rule.replace("\"action\"", "\"protocol\": 17, \"sport\": 1024, \"action\"")
            .replace("192.168.2.0/24", "192.168.2.0/25") + ", " + rule));
        final Path sent = directory.resolve("sent.pcapng");
        final List<JsonNode> out = replay(clear, device, sent);
        assertThat(packets.stream().map(packet -> packet[15] < 0).distinct()).as("both rules are met").hasSize(2);
        final List<JsonNode> in = replay(sent, device("peer.json", "10.1.1.1", "sas", gcm(), "", ""), directory.resolve("received.pcapng"));
        assertThat(inner(in)).hasSize(PACKETS).isEqualTo(inner(out));
    }

    private static List<String> inner(final List<JsonNode> verdicts) {
        return verdicts.stream().filter(line -> line.get("verdict").asText().equals("FORWARD")).map(line -> line.get("inner").asText()).toList();
    }

    /** What is behind the IP headers; the pieces of one packet come in a row. */
    private static List<String> joined(final List<String> pieces) {
        final List<String> whole = new ArrayList<>();
        for (final String piece : pieces) {
            final byte[] packet = HEX.parseHex(piece);
            final boolean first = (packet[6] & 0x1f) == 0 && packet[7] == 0;
            whole.add((first ? "" : whole.removeLast()) + piece.substring(40));
        }
        return whole;
    }

    @Test
    void shouldDropWhatIsTooBigAndMayNotBeCutAndNameTheLibrary() throws IOException {
        final byte[] packet = udp(new Random(SEED), MTU, DF);
        final Path big = Files.write(directory.resolve("big.pcap"),
            new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, LINKTYPE_RAW).record(0, 0, packet, packet.length).bytes());
        final Replay run = Replay.run(big, "--device", sender(gcm(), "before"), "--verdicts", directory.resolve("v")).ok();
        assertThat(Files.readString(directory.resolve("v"))).isEqualTo("{\"n\":1,\"verdict\":\"DROP\",\"table\":\"ipsec\",\"id\":48,"
            + "\"name\":\"OUT_CANNOT_FRAG_DF_SET_PKT\",\"global\":\"IpsecOutput\",\"global_id\":134}\n");
        assertThat(run.out().lines().filter(line -> line.startsWith("crypto: "))).singleElement().asString()
            .as("the library of the outbound SA").doesNotContain(", libcrypto").doesNotContain(", jce");
    }
}
