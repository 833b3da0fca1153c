package org.qfpsim.controlplane.nhrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.qfpsim.controlplane.nhrp.Cloud.ip;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's dissector reads our packets as NHRP and has nothing to complain of. */
class NhrpTsharkTest {
    private static final String PROGRAM = "tshark";
    /** What the dissector says when something is wrong; the first is a field of any protocol. */
    private static final List<String> COMPLAINTS = List.of("_ws.malformed", "_ws.expert.severity", "nhrp.ext.malformed", "nhrp.ext.extra",
        "nhrp.ext.not_allowed", "nhrp.hdr.bad_checksum", "nhrp.hdr.pktsz.invalid", "nhrp.hdr.extoff.invalid");
    private static final List<String> FIELDS = List.of("nhrp.hdr.op.type", "nhrp.hdr.chksum.status", "nhrp.reqid", "nhrp.src.nbma.addr",
        "nhrp.dst.prot.addr", "nhrp.htime");
    private static final String NO_COMPLAINT = "|".repeat(COMPLAINTS.size());

    @TempDir
    private Path directory;

    @Test
    void shouldSendWhatOthersRead() throws Exception {
        assumeThat(isThere()).as("the program tshark is installed").isTrue();
        final List<byte[]> packets = new ArrayList<>();
        try (ThreeRouters net = new ThreeRouters()) {
            net.settle();
            net.router(2).send(3);
            net.settle();
            net.router(3).nhrp.close();
            net.settle();
            packets.addAll(net.wan);
        }
        final int routed = packets.size();
        for (final NhrpPacket sample : NhrpCodecTest.samples()) {
            if (!sample.v6()) {
                packets.add(wrap(NhrpEncoder.write(sample, false)));
            }
        }
        final Path capture = Files.write(directory.resolve("nhrp.pcap"), pcap(packets));
        final List<String> fields = tshark(capture);
        assertThat(fields).hasSameSizeAs(packets);
        // Two registrations and their replies, a resolution and its reply, what a spoke takes back, and the hub from whom it was told.
        assertThat(fields.subList(0, routed)).containsExactly(
            "3|1|0x00000000|10.0.0.2|172.16.0.1|600" + NO_COMPLAINT, "3|1|0x00000000|10.0.0.3|172.16.0.1|600" + NO_COMPLAINT,
            "4|1|0x00000000|10.0.0.2|172.16.0.1|600" + NO_COMPLAINT, "4|1|0x00000000|10.0.0.3|172.16.0.1|600" + NO_COMPLAINT,
            "1|1|0x00000001|10.0.0.2|172.16.0.3|600" + NO_COMPLAINT, "2|1|0x00000001|10.0.0.2|172.16.0.3|600" + NO_COMPLAINT,
            "5|1|0x00000001|10.0.0.3|172.16.0.1|0" + NO_COMPLAINT, "5|1|0x00000000|10.0.0.1|172.16.0.2|0" + NO_COMPLAINT);
        assertThat(fields.subList(routed, fields.size())).hasSize(7)
            .allMatch(line -> line.matches("[1-7]\\|1\\|.*") && line.endsWith(NO_COMPLAINT));
    }

    private List<String> tshark(final Path capture) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "-r", capture.toString(), "-T", "fields", "-E", "separator=|",
            "-E", "occurrence=f"));
        FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
        COMPLAINTS.forEach(field -> command.addAll(List.of("-e", field)));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(directory.resolve("tshark.err").toFile());
        builder.environment().put("WIRESHARK_CONFIG_DIR", directory.toString());
        final Process process = builder.start();
        final List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(directory.resolve("tshark.err"))).isZero();
        return lines;
    }

    /** Whether the program is on the path of the system. */
    private static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    private static byte[] wrap(final byte[] nhrp) {
        final ByteBuffer packet = ByteBuffer.allocate(24 + nhrp.length);
        packet.putInt(0x45 << 24 | packet.capacity()).putInt(0).putInt(255 << 24 | 47 << 16).put(ip("10.0.0.1").octets())
            .put(ip("10.0.0.2").octets()).putInt(0x2001).put(nhrp);
        return packet.putShort(10, (short) ~NhrpEncoder.sum(packet.array(), 20)).array();
    }

    /** The classic format of captures, of IP packets without a link layer. */
    private static byte[] pcap(final List<byte[]> packets) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(24).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535)
            .putInt(101).array());
        for (final byte[] packet : packets) {
            out.writeBytes(ByteBuffer.allocate(16).putLong(0).putInt(packet.length).putInt(packet.length).array());
            out.writeBytes(packet);
        }
        return out.toByteArray();
    }
}
