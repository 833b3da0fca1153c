package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.sim.Mutations;

/** Whatever a file has in it: frames, then the end or a {@link CaptureException}; in bounded memory. */
class CaptureReaderFuzzTest {
    /** The input buffer, a frame buffer that grew, an exception. */
    private static final long MAX_ALLOCATED = 2 << 20;

    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] file) {
        read(file);
    }

    static Stream<byte[]> seeds() throws IOException {
        final CaptureBuilder b = new CaptureBuilder(ByteOrder.BIG_ENDIAN);
        final byte[] options = b.part().raw(b.option(9, (byte) 9)).raw(b.option(14, new byte[8])).raw(b.option(0)).bytes();
        final byte[] data = {0x45, 0, 0, 24, 0, 0, 0, 0, 64, 50, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 1, 2, 3, 4};
        return Stream.of(
            Arrays.copyOf(Frames.resource("corpus/corpus.pcap"), 4000),
            b.section().describe(101, 0, options).enhanced(0, 5, data, 24).simple(data, 24).obsolete(0, 7, data, 99)
                .section().describe(1, 0, new byte[0]).enhanced(0, 5, data, 24).bytes(),
            new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(true, 276).record(1, 2, data, 24).record(1, 3, data, 1500).bytes());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldSurviveDamage(final byte[] file) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Mutations.each(file, 11, Mutations.rounds(5_000), damaged -> {
            // The first time may load classes.
            read(damaged);
            final long before = threads.getCurrentThreadAllocatedBytes();
            read(damaged);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > MAX_ALLOCATED) {
                throw new AssertionError(allocated + " octets allocated");
            }
        });
    }

    private static void read(final byte[] file) {
        long octets = 0;
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file), "x")) {
            while (reader.next()) {
                octets += reader.capturedLength();
                if (reader.capturedLength() > Math.min(reader.originalLength(), reader.data().length)) {
                    throw new AssertionError("captured more than there was");
                }
                EspFlows.of(reader.linkType(), reader.data(), reader.capturedLength());
            }
        } catch (final CaptureException e) {
            assertThat(e.getMessage()).startsWith("x: ").doesNotContain("\n");
        }
        if (octets > file.length) {
            throw new AssertionError("more octets delivered than the file has");
        }
    }
}
