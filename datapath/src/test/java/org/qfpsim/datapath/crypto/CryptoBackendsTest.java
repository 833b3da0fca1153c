package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.ipsecmb.IpsecMbBackend;

class CryptoBackendsTest {
    @Test
    void shouldKeepEveryLibraryThatWorksBestFirst() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto")) {
            final List<String> ids = backends.all().stream().map(CryptoBackend::id).toList();
            System.out.println("crypto backends: " + backends.all().stream().map(CryptoBackend::description).toList()
                + ", unavailable: " + backends.unavailable());
            assertThat(ids).isSubsetOf("ipsec-mb", "libcrypto", "jce").endsWith("jce").isEqualTo(CryptoBackends.available());
            assertThat(ids.size() + backends.unavailable().size()).isEqualTo(3);
            assertThat(backends.unavailable()).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
            assertThat(backends.forSuite(EspSuite.AES_GCM_128_16)).isSameAs(backends.all().getFirst());
        }
    }

    @Test
    void shouldKeepOnlyTheNamedLibrary() throws Exception {
        for (final String id : CryptoBackends.available()) {
            try (CryptoBackends backends = CryptoBackends.open(id)) {
                assertThat(backends.all()).extracting(CryptoBackend::id).containsExactly(id);
                assertThat(backends.unavailable()).isEmpty();
            }
        }
    }

    @Test
    void shouldSayWhichChoicesThereAre() {
        assertThat(CryptoBackends.choices()).containsExactly("auto", "ipsec-mb", "libcrypto", "jce");
        assertThatThrownBy(() -> CryptoBackends.open("openssl")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("--crypto openssl is not one of auto, ipsec-mb, libcrypto, jce");
    }

    @Test
    void shouldSayWhatToUseForASuiteThatTheNamedLibraryLacks() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("jce")) {
            assertThatThrownBy(() -> backends.forSuite(EspSuite.AES_GCM_256_8)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--crypto jce cannot do AES-GCM-256 with 8-octet ICV; use auto, ipsec-mb or libcrypto");
            assertThatThrownBy(() -> backends.all().getFirst().install(EspSuite.AES_GCM_256_8, KnownAnswers.keys(EspSuite.AES_GCM_256_8)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("jce cannot do AES-GCM-256 with 8-octet ICV");
        }
    }

    @Test
    void shouldRefuseKeysOfAWrongLength() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto")) {
            for (final CryptoBackend backend : backends.all()) {
                assertThatThrownBy(() -> backend.install(EspSuite.AES_GCM_128_16, new EspKeys(new byte[15], new byte[4], new byte[0])))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("key has 15 octets, AES_GCM_128_16 needs 16");
            }
        }
    }

    @Test
    void shouldHaveAKnownAnswerForEverySuite() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("jce")) {
            assertThat(backends.all()).hasSize(1);
        }
        if (CryptoBackends.available().contains(IpsecMbBackend.ID)) {
            try (CryptoBackends backends = CryptoBackends.open(IpsecMbBackend.ID)) {
                assertThat(backends.all().getFirst().suites()).containsExactlyInAnyOrder(EspSuite.values());
            }
        }
    }
}
