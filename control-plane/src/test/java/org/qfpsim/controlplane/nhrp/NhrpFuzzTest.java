package org.qfpsim.controlplane.nhrp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;

/** Arbitrary bytes as NHRP, as the entries of an extension, and as IP with GRE around NHRP. */
class NhrpFuzzTest {
    @FuzzTest
    void fuzzDecoders(final byte[] data) {
        NhrpDecoder.read(data).ifPresent(packet -> NhrpCodecTest.assertSame(packet, data));
        NhrpDecoder.entries(data, 4, 4).ifPresent(entries -> assertThat(NhrpEncoder.entries(entries)).hasSameSizeAs(data));
        NhrpDecoder.entries(data, 16, 4);
        final NhrpWire.Unwrapped unwrapped = NhrpWire.unwrap(new UnsafeBuffer(data), 0, data.length);
        if (unwrapped != null) {
            assertThat(unwrapped.octets().length).isLessThan(data.length);
        }
    }
}
