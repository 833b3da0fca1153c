package org.qfpsim.sim.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.sim.net.host.InternetChecksum;

class TransportChecksumTest {
    /** 10.0.0.1 to 10.0.0.2, UDP 1 to 2, "abc", without its checksum; padding of a short frame behind it. */
    private static final String UDP = "020000000002" + "020000000001" + "0800" + "4500001f0001000040110000" + "0a0000010a000002"
        + "00010002000b0000" + "616263" + "0000";

    @Test
    void shouldCompleteUdpAndLeavePaddingAlone() {
        final byte[] frame = HexFormat.of().parseHex(UDP);
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        TransportChecksum.complete(buffer, 0, frame.length);
        final long sum = InternetChecksum.sum(buffer, 26, 8) + 17 + 11 + InternetChecksum.sum(buffer, 34, 11);
        assertThat(InternetChecksum.finish(sum)).as("right").isZero();
        assertThat(HexFormat.of().formatHex(frame)).startsWith(UDP.substring(0, 80)).endsWith("6162630000");
    }

    @Test
    void shouldLeaveAloneWhatIsNotWhole() {
        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            final byte[] frame = HexFormat.of().parseHex(UDP);
            for (int n = random.nextInt(4); n >= 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            final int length = random.nextInt(frame.length + 1);
            final byte[] before = frame.clone();
            TransportChecksum.complete(new UnsafeBuffer(frame), 0, length);
            assertThat(frame).as("behind the frame").endsWith(Arrays.copyOfRange(before, length, before.length));
        }
    }
}
