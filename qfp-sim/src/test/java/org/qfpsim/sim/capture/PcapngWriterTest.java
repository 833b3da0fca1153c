package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.capture.PcapngWriter;

class PcapngWriterTest {
    private static final long TIME = 1_795_000_000_123_456_789L;
    private static final byte[] IPV4 = java.util.HexFormat.of().parseHex("4500001500000000401100000a0000010a00000200090009000d0000" + "2a");

    @Test
    void shouldBeReadBackWithItsInterfaces() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out, "qfp")) {
            assertThat(writer.addInterface(LinkType.RAW.number(), "forwarded")).isZero();
            assertThat(writer.addInterface(LinkType.ETHERNET.number(), "drops")).isOne();
            for (int length = 0; length < 9; length++) {
                final ByteBuffer packet = ByteBuffer.wrap(IPV4, 1, length);
                writer.write(length & 1, TIME + length, packet, 2 * length, length % 3 == 0 ? "reason ".repeat(length) : null);
                assertThat(packet.remaining()).as("the caller's buffer is left as it was").isEqualTo(length);
            }
        }

        final List<Frames.Copy> frames = Frames.all(out.toByteArray());
        assertThat(frames).hasSize(9);
        final String hex = java.util.HexFormat.of().formatHex(IPV4);
        for (int length = 0; length < 9; length++) {
            assertThat(frames.get(length)).isEqualTo(new Frames.Copy(length + 1, TIME + length,
                (length & 1) == 0 ? LinkType.RAW : LinkType.ETHERNET, 2 * length, hex.substring(2, 2 + 2 * length)));
        }
    }

    @Test
    void shouldRefuseWhatTheFormatCannotHold() throws IOException {
        final PcapngWriter writer = new PcapngWriter(new ByteArrayOutputStream(), "qfp");
        writer.addInterface(LinkType.RAW.number(), "a");

        assertThatThrownBy(() -> writer.write(1, 0, ByteBuffer.wrap(IPV4), IPV4.length, null))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("interface 1 is not one of 1");
        assertThatThrownBy(() -> writer.write(0, 0, ByteBuffer.wrap(IPV4), 3, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.write(0, 0, ByteBuffer.allocate((1 << 18) + 1), 1 << 20, null))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeUnderstoodByTshark(@TempDir final Path directory) throws IOException, InterruptedException {
        assumeTrue(runs("tshark", "--version"), "tshark is not installed (Debian package tshark)");
        final Path file = directory.resolve("out.pcapng");
        final String longComment = "ä".repeat(40_000);
        try (OutputFile out = OutputFile.create(file); PcapngWriter writer = new PcapngWriter(out.stream(), "qfp-sim")) {
            final int raw = writer.addInterface(LinkType.RAW.number(), "forwarded");
            final int ethernet = writer.addInterface(LinkType.ETHERNET.number(), "drops");
            writer.write(raw, TIME, ByteBuffer.wrap(IPV4), IPV4.length, "IPSec: anti-replay, 19");
            final ByteBuffer frame = ByteBuffer.allocateDirect(14 + IPV4.length).put(new byte[12]).putShort((short) 0x0800).put(IPV4).flip();
            writer.write(ethernet, TIME + 1, frame, 200, null);
            writer.write(raw, TIME + 2, ByteBuffer.wrap(IPV4), IPV4.length, longComment);
            out.commit();
        }

        final List<String> lines = tshark(file, "frame.number", "frame.time_epoch", "frame.interface_name", "frame.len", "frame.cap_len",
            "ip.src", "frame.comment");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("1|1795000000.123456789|forwarded|29|29|10.0.0.1|IPSec: anti-replay, 19");
        assertThat(lines.get(1)).isEqualTo("2|1795000000.123456790|drops|200|43|10.0.0.1|");
        assertThat(lines.get(2)).startsWith("3|1795000000.123456791|forwarded|29|29|10.0.0.1|ääää").doesNotContain("\ufffd");
    }

    private static boolean runs(final String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    private static List<String> tshark(final Path file, final String... fields) throws IOException, InterruptedException {
        final List<String> command = new java.util.ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields", "-E", "separator=|"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Path out = Files.createTempFile(file.getParent(), "tshark", ".txt");
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }
}
