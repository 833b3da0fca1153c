package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.sim.InputException;

class CaptureReaderTest {
    private static final byte[] FIRST = {1, 2, 3, 4, 5};
    private static final byte[] SECOND = {9, 8, 7};
    private static final String FIRST_HEX = "0102030405";
    private static final String SECOND_HEX = "090807";

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadClassicFilesOfBothTimeUnits(final ByteOrder order) {
        final byte[] micros = new CaptureBuilder(order).pcap(false, 1).record(10, 250_000, FIRST, 5).record(11, 7, SECOND, 60).bytes();
        final byte[] nanos = new CaptureBuilder(order).pcap(true, 101).record(0xffff_ffffL, 999_999_999, FIRST, 5).bytes();

        assertThat(Frames.all(micros)).containsExactly(
            new Frames.Copy(1, 10_250_000_000L, LinkType.ETHERNET, 5, FIRST_HEX),
            new Frames.Copy(2, 11_000_007_000L, LinkType.ETHERNET, 60, SECOND_HEX));
        assertThat(Frames.all(nanos)).containsExactly(
            new Frames.Copy(1, 4_294_967_295_999_999_999L, LinkType.RAW, 5, FIRST_HEX));
    }

    @ParameterizedTest
    @CsvSource({"1,ETHERNET", "101,RAW", "12,RAW", "14,RAW", "113,LINUX_SLL", "228,IPV4", "229,IPV6", "276,LINUX_SLL2"})
    void shouldKnowTheLinkTypes(final int number, final LinkType expected) {
        final byte[] file = new CaptureBuilder(ByteOrder.BIG_ENDIAN).pcap(false, number).record(1, 1, FIRST, 5).bytes();

        assertThat(Frames.all(file)).extracting(Frames.Copy::linkType).containsExactly(expected);
    }

    @Test
    void shouldIgnoreTheFrameCheckSequenceBitsOfTheLinkType() {
        final byte[] file = new CaptureBuilder(ByteOrder.BIG_ENDIAN).pcap(false, 0x4400_0001).record(1, 1, FIRST, 5).bytes();

        assertThat(Frames.all(file)).extracting(Frames.Copy::linkType).containsExactly(LinkType.ETHERNET);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadEveryPacketBlock(final ByteOrder order) {
        final CaptureBuilder b = new CaptureBuilder(order);
        final byte[] file = b.section().describe(1, 0, new byte[0])
            .block(0x0bad, new byte[] {1, 2, 3})
            .enhanced(0, 5_000_001, FIRST, 5)
            .simple(SECOND, 3)
            .obsolete(0, 6_000_000, SECOND, 1500)
            .block(5, new byte[12])
            .bytes();

        assertThat(Frames.all(file)).containsExactly(
            new Frames.Copy(1, 5_000_001_000L, LinkType.ETHERNET, 5, FIRST_HEX),
            new Frames.Copy(2, 5_000_001_000L, LinkType.ETHERNET, 3, SECOND_HEX),
            new Frames.Copy(3, 6_000_000_000L, LinkType.ETHERNET, 1500, SECOND_HEX));
    }

    @Test
    void shouldCutSimplePacketsAtTheSnapLength() {
        final byte[] file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).section().describe(101, 3, new byte[0]).simple(SECOND, 900).bytes();

        assertThat(Frames.all(file)).containsExactly(new Frames.Copy(1, 0, LinkType.RAW, 900, SECOND_HEX));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldKeepInterfacesAndByteOrderPerSection(final ByteOrder order) {
        final ByteOrder other = order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        final CaptureBuilder b = new CaptureBuilder(order);
        final byte[] nanos = b.option(9, (byte) 9);
        final byte[] first = b.section().describe(1, 0, new byte[0]).describe(276, 0, nanos)
            .enhanced(1, 77, FIRST, 5).enhanced(0, 77, FIRST, 5).bytes();
        final byte[] second = new CaptureBuilder(other).section().describe(113, 0, new byte[0]).enhanced(0, 3, SECOND, 3).bytes();

        assertThat(Frames.all(concat(first, second))).containsExactly(
            new Frames.Copy(1, 77, LinkType.LINUX_SLL2, 5, FIRST_HEX),
            new Frames.Copy(2, 77_000, LinkType.ETHERNET, 5, FIRST_HEX),
            new Frames.Copy(3, 3_000, LinkType.LINUX_SLL, 3, SECOND_HEX));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldApplyResolutionAndOffsetOfAnInterface(final ByteOrder order) {
        final CaptureBuilder b = new CaptureBuilder(order);
        final byte[] options = b.part().raw(b.option(2, (byte) 'e', (byte) '0')).raw(b.option(9, (byte) 0x8a))
            .raw(b.option(14, b.part().u64(-100).bytes())).raw(b.option(0)).bytes();
        final byte[] file = b.section().describe(1, 0, options).enhanced(0, 1024L * 1000 + 512, FIRST, 5).bytes();

        assertThat(Frames.all(file)).extracting(Frames.Copy::nanos).containsExactly(900_500_000_000L);
    }

    @Test
    void shouldReadAnEmptyCapture() {
        assertThat(Frames.all(new CaptureBuilder(ByteOrder.BIG_ENDIAN).pcap(true, 1).bytes())).isEmpty();
        assertThat(Frames.all(new CaptureBuilder(ByteOrder.BIG_ENDIAN).section().bytes())).isEmpty();
    }

    @Test
    void shouldReadAFrameOfTheLargestSize() {
        final byte[] large = new byte[1 << 18];
        Arrays.fill(large, (byte) 0x5a);
        final byte[] file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, 1).record(1, 1, large, large.length).bytes();

        assertThat(Frames.all(file).getFirst().hex()).hasSize(1 << 19).matches("(5a)+");
    }

    @Test
    void shouldReadFromAStreamThatGivesSingleOctets() throws IOException {
        final byte[] file = Frames.resource("captures/invspi/v2-initialcontact-598/wire.pcap");
        final InputStream slow = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(final byte[] b, final int off, final int len) {
                return super.read(b, off, Math.min(1, len));
            }
        };
        try (CaptureReader reader = new CaptureReader(slow, "slow")) {
            assertThat(Frames.all(reader)).isEqualTo(Frames.all(file)).hasSize(68);
        }
    }

    @ParameterizedTest
    @CsvSource({"corpus/corpus.pcap,2000", "captures/v1-aes128gcm16-natt/wire.pcap,421", "captures/v1-aes128sha1-modp1024-raw/wire.pcap,428",
        "captures/v1-aes256sha256-natt-rekey/wire.pcap,510", "captures/v2-aes128gcm16-raw-outer6-inner6/wire.pcap,304",
        "captures/v2-aes256gcm16-raw/wire.pcap,432", "captures/invspi/v1-unauth-notifies/wire.pcap,81"})
    void shouldGiveTheSameFramesAfterConversion(final String resource, final int expected) throws IOException {
        final List<Frames.Copy> frames = Frames.all(Frames.resource(resource));
        assertThat(frames).hasSize(expected);
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            final CaptureBuilder classic = new CaptureBuilder(order).pcap(true, 1);
            final CaptureBuilder ng = new CaptureBuilder(order);
            ng.section().describe(1, 0, ng.option(9, (byte) 9));
            for (final Frames.Copy f : frames) {
                final byte[] data = java.util.HexFormat.of().parseHex(f.hex());
                classic.record(f.nanos() / 1_000_000_000, f.nanos() % 1_000_000_000, data, f.original());
                ng.enhanced(0, f.nanos(), data, f.original());
            }
            assertThat(Frames.all(classic.bytes())).isEqualTo(frames);
            assertThat(Frames.all(ng.bytes())).isEqualTo(frames);
        }
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(written, "test")) {
            final int from = writer.addInterface(LinkType.ETHERNET.number(), "a");
            for (final Frames.Copy f : frames) {
                writer.write(from, f.nanos(), ByteBuffer.wrap(java.util.HexFormat.of().parseHex(f.hex())), f.original(), null);
            }
        }
        assertThat(Frames.all(written.toByteArray())).isEqualTo(frames);
    }

    @Test
    void shouldOpenAFile(@TempDir final Path directory) throws IOException {
        final Path file = Files.write(directory.resolve("a.pcap"), Frames.resource("corpus/corpus.pcap"));
        try (CaptureReader reader = CaptureReader.open(file)) {
            assertThat(reader.frameNumber()).isZero();
            assertThat(reader.next()).isTrue();
            assertThat(reader.frameNumber()).isOne();
        }
        assertThatThrownBy(() -> CaptureReader.open(directory.resolve("none.pcap"))).isInstanceOf(InputException.class)
            .hasMessage(directory.resolve("none.pcap") + ": cannot be read: no such file or directory; check the path");
        assertThatThrownBy(() -> CaptureReader.open(directory)).isInstanceOf(InputException.class)
            .hasMessageContaining(directory.toString()).hasMessageContaining("s a directory");
    }

    @Test
    void shouldNotAllocatePerFrame() throws IOException {
        final byte[] file = Frames.resource("corpus/corpus.pcap");
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file), "x")) {
            for (int i = 0; i < 1000; i++) {
                reader.next();
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            int frames = 0;
            while (reader.next()) {
                frames++;
            }
            assertThat(frames).isEqualTo(1000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        }
    }

    private static byte[] concat(final byte[] a, final byte[] b) {
        final byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
