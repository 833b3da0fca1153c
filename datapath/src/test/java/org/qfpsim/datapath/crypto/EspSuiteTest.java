package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EspSuiteTest {
    @Test
    void shouldNameASuiteInWords() {
        assertThat(EspSuite.AES_GCM_192_12.text()).isEqualTo("AES-GCM-192 with 12-octet ICV");
        assertThat(EspSuite.CHACHA20_POLY1305.text()).isEqualTo("CHACHA20-POLY1305 with 16-octet ICV");
        assertThat(EspSuite.AES_CBC_256_SHA384_192.text()).isEqualTo("AES-CBC-256 with hmac-sha384-192");
        assertThat(EspSuite.AES_CBC_128_NONE.text()).isEqualTo("AES-CBC-128 with no integrity");
        assertThat(EspSuite.NULL_SHA1_96.text()).isEqualTo("NULL with hmac-sha1-96");
    }

    @Test
    void shouldKnowTheSmallestPacket() {
        assertThat(EspSuite.AES_GCM_128_16.minimumEspBytes()).isEqualTo(8 + 8 + 4 + 16);
        assertThat(EspSuite.AES_CBC_128_SHA1_96.minimumEspBytes()).isEqualTo(8 + 16 + 16 + 12);
        assertThat(EspSuite.NULL_SHA256_128.minimumEspBytes()).isEqualTo(8 + 4 + 16);
    }

    @Test
    void shouldNeverPrintAKey() {
        assertThat(new EspKeys(new byte[] {0x41, 0x42}, new byte[0], new byte[0])).hasToString("EspKeys[hidden]");
    }
}
