package org.qfpsim.controlplane.sadb;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever is in a value: a record that is encoded the same again, or a refusal in words. */
class SaCodecFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] octets) {
        check(octets, "fuzz");
    }

    /** As it is, and with a checksum that fits: without, nothing would come past it. */
    static void check(final byte[] octets, final String what) {
        decode(octets, what);
        if (octets.length >= 4) {
            final byte[] mended = octets.clone();
            ByteBuffer.wrap(mended).putInt(octets.length - 4, SaCodec.checksum(octets, octets.length - 4));
            decode(mended, what);
        }
    }

    private static void decode(final byte[] octets, final String what) {
        final SaRecord sa;
        try {
            sa = SaCodec.decode(octets);
        } catch (final IllegalArgumentException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().doesNotContainPattern("[\\r\\n]");
            return;
        }
        assertThat(Arrays.equals(SaCodec.encode(sa), octets)).as(what).isTrue();
    }
}
