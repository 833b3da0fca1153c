package org.qfpsim.controlplane.cryptoshow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;

class PlaintextMtuTest {
    /** From published output, except the last row: 40 octets of outer header instead of 20. */
    @ParameterizedTest
    @CsvSource({
        "AES_CBC_256_SHA256_128, TUNNEL,    false, false, 1438",
        "AES_CBC_256_SHA256_128, TRANSPORT, false, false, 1458",
        "AES_CBC_128_SHA1_96,    TUNNEL,    false, false, 1438",
        "AES_CBC_256_SHA1_96,    TUNNEL,    false, true,  1422",
        "AES_GCM_256_16,         TUNNEL,    false, false, 1446",
        "AES_CBC_256_SHA256_128, TUNNEL,    true,  false, 1406"})
    void shouldBeThePlatforms(final EspSuite suite, final SaSpec.Mode mode, final boolean v6, final boolean udp, final int expected) {
        assertThat(PlaintextMtu.of(1500, suite, mode, v6, udp)).isEqualTo(expected);
    }

    /** RFC 4303 section 2: the size of a packet, counted forwards instead of backwards. */
    @ParameterizedTest
    @EnumSource(EspSuite.class)
    void shouldFitExactly(final EspSuite suite) {
        for (int path = 576; path <= 9216; path += 37) {
            for (final boolean udp : new boolean[] {false, true}) {
                final int plain = PlaintextMtu.of(path, suite, SaSpec.Mode.TUNNEL, false, udp);
                assertThat(size(plain, suite, udp)).isLessThanOrEqualTo(path);
                assertThat(size(plain + 1, suite, udp)).isGreaterThan(path);
            }
        }
    }

    private static int size(final int inner, final EspSuite suite, final boolean udp) {
        int sealed = inner + 2;
        while (sealed % suite.blockBytes() != 0) {
            sealed++;
        }
        return 20 + (udp ? 8 : 0) + 8 + suite.ivBytes() + sealed + suite.icvBytes();
    }

    @Test
    void shouldLeaveThePacketsOwnHeaderOutOfTransportMode() {
        assertThat(PlaintextMtu.of(1400, EspSuite.AES_GCM_128_16, SaSpec.Mode.TRANSPORT, false, false))
            .isEqualTo(20 + PlaintextMtu.of(1400, EspSuite.AES_GCM_128_16, SaSpec.Mode.TUNNEL, false, false));
    }
}
