package org.qfpsim.datapath.pipeline;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Arbitrary bytes as frames: link type (1), length (2), frame, and so on to the end. Runs the corpus in the resources; searches for more
 * with JAZZER_FUZZ=1 in the environment.
 */
class FrameFuzzTest {
    private static final int HEADER_BYTES = 3;

    @FuzzTest
    void fuzzFrames(final byte[] data) {
        try (FuzzRouter router = new FuzzRouter()) {
            int at = 0;
            while (at + HEADER_BYTES <= data.length) {
                final int length = (data[at + 1] & 7) << 8 | data[at + 2] & 0xff;
                final int end = Math.min(data.length, at + HEADER_BYTES + length);
                router.add(data[at], Arrays.copyOfRange(data, at + HEADER_BYTES, end));
                at = end;
            }
            router.judge();
            router.assertConserved();
        }
    }
}
