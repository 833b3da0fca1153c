package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Published ESP packets: every backend opens them to the published plaintext and seals them to the published octets. */
class VectorTest {
    private static final int PROTOCOL_UDP = 17;
    private static final int PROTOCOL_ESP = 50;
    private static final List<String> UNSUPPORTED = List.of(
        "dpdk_pkt_aes_256_ccm", "dpdk_pkt_aes_128_cbc_md5",
        "dpdk_pkt_3des_cbc_hmac_sha256", "dpdk_pkt_3des_cbc_hmac_sha384", "dpdk_pkt_3des_cbc_hmac_sha512",
        "dpdk_pkt_des_cbc_hmac_sha256", "dpdk_pkt_des_cbc_hmac_sha384", "dpdk_pkt_des_cbc_hmac_sha512",
        "dpdk_pkt_aes_128_ctr_hmac_sha256", "dpdk_pkt_aes_128_ctr_hmac_sha384", "dpdk_pkt_aes_128_ctr_hmac_sha512",
        "dpdk_pkt_3des_cbc_hmac_sha256_v6", "dpdk_pkt_des_cbc_hmac_sha256_v6", "dpdk_pkt_null_aes_xcbc",
        "dpdk_pkt_ah_tunnel_sha256", "dpdk_pkt_ah_transport_sha256", "dpdk_pkt_ah_ipv4_aes_gmac_128");

    private static CryptoBackends backends;

    @BeforeAll
    static void open() throws CryptoUnavailableException {
        backends = CryptoBackends.open("auto");
    }

    @AfterAll
    static void close() {
        backends.close();
    }

    @TestFactory
    List<DynamicTest> shouldOpenAndSealPublishedPackets() throws IOException {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final CryptoBackend backend : backends.all()) {
            final BackendFixture fixture = new BackendFixture(backend);
            for (final Vector vector : vectors()) {
                tests.add(DynamicTest.dynamicTest(backend.id() + " " + vector.name(), () -> {
                    final EspSuite suite = vector.suite().orElse(null);
                    Assumptions.assumeTrue(suite != null, vector.name() + ": algorithm not supported by the project");
                    Assumptions.assumeTrue(backend.suites().contains(suite), vector.name() + ": suite not supported by " + backend.id());
                    check(fixture, vector, suite);
                }));
            }
        }
        return tests;
    }

    @Test
    void shouldSkipOnlyAlgorithmsThatTheProjectDoesNotHave() throws IOException {
        final List<Vector> vectors = vectors();
        assertThat(vectors).hasSize(52);
        assertThat(vectors.stream().filter(vector -> vector.suite().isEmpty()).map(Vector::name))
            .containsExactlyInAnyOrderElementsOf(UNSUPPORTED);
    }

    private static void check(final BackendFixture fixture, final Vector vector, final EspSuite suite) {
        final byte[] published = vector.esp();
        final boolean esn = vector.sa().get("esn").asBoolean();
        final int seqHigh = (int) vector.sa().get("esn_hi").asLong();
        try (EspPacketMemory memory = new EspPacketMemory(); BackendFixture.Sa sa = fixture.install(suite, vector.keys())) {
            memory.put(published);
            assertThat(sa.open(memory, esn, seqHigh)).isEqualTo(EspTransform.OK);
            final byte[] opened = memory.get();
            checkPlaintext(vector, Arrays.copyOfRange(opened, EspSuite.ESP_HEADER_BYTES + suite.ivBytes(), opened.length - suite.icvBytes()));
            Arrays.fill(opened, opened.length - suite.icvBytes(), opened.length, (byte) 0);
            memory.put(opened);
            sa.seal(memory, esn, seqHigh);
            assertThat(memory.get()).isEqualTo(published);
        }
    }

    private static void checkPlaintext(final Vector vector, final byte[] text) {
        final int padLength = text[text.length - EspSuite.ESP_TRAILER_BYTES] & 0xff;
        final int nextHeader = text[text.length - 1] & 0xff;
        final int payloadBytes = text.length - EspSuite.ESP_TRAILER_BYTES - padLength;
        for (int i = 0; i < padLength; i++) {
            assertThat(text[payloadBytes + i]).as("padding octet %d (RFC 4303 section 2.4)", i).isEqualTo((byte) (i + 1));
        }
        if (vector.json().has("decrypted_next_header")) {
            assertThat(nextHeader).isEqualTo(vector.json().get("decrypted_next_header").asInt());
            assertThat(padLength).isEqualTo(vector.json().get("decrypted_pad_len").asInt());
        }
        final byte[] plaintext = hex(vector.json().get("plaintext_packet_hex"));
        final boolean tunnel = vector.sa().get("mode").asText().equals("tunnel");
        final int skipped = tunnel || payloadBytes == plaintext.length ? 0 : ipHeaderBytes(plaintext);
        assertThat(Arrays.copyOf(text, payloadBytes)).isEqualTo(Arrays.copyOfRange(plaintext, skipped, plaintext.length));
    }

    private static List<Vector> vectors() throws IOException {
        final List<Vector> vectors = new ArrayList<>();
        for (final String file : List.of("rfc_esp", "dpdk_ipsec", "wireshark_esp")) {
            try (InputStream in = VectorTest.class.getResourceAsStream("/vectors/" + file + ".json")) {
                new ObjectMapper().readTree(in).forEach(entry -> vectors.add(new Vector(entry)));
            }
        }
        return vectors;
    }

    private static int ipHeaderBytes(final byte[] packet) {
        return packet[0] >>> 4 == 4 ? (packet[0] & 0xf) * 4 : 40;
    }

    private static byte[] hex(final JsonNode node) {
        return node == null || node.isNull() ? new byte[0] : HexFormat.of().parseHex(node.asText());
    }

    private record Vector(JsonNode json) {
        String name() {
            return json.get("name").asText();
        }

        JsonNode sa() {
            return json.get("sa");
        }

        EspKeys keys() {
            return new EspKeys(hex(sa().get("key")), hex(sa().get("salt")), hex(sa().get("authkey")));
        }

        Optional<EspSuite> suite() {
            final byte[] packet = hex(json.get("esp_packet_hex"));
            final int protocol = packet[packet[0] >>> 4 == 4 ? 9 : 6];
            if (protocol != PROTOCOL_ESP && protocol != PROTOCOL_UDP) {
                return Optional.empty();
            }
            final JsonNode auth = sa().get("auth");
            return Arrays.stream(EspSuite.values())
                .filter(suite -> suite.cipher().id().equals(sa().get("cipher").asText()))
                .filter(suite -> suite.keyBytes() == hex(sa().get("key")).length)
                .filter(suite -> suite.auth().id().equals(auth.isNull() ? "none" : auth.asText()))
                .filter(suite -> suite.icvBytes() == sa().get("icv_len").asInt())
                .findFirst();
        }

        byte[] esp() {
            final byte[] packet = hex(json.get("esp_packet_hex"));
            final int udp = sa().get("udpencap").asBoolean() ? 8 : 0;
            return Arrays.copyOfRange(packet, ipHeaderBytes(packet) + udp, packet.length);
        }
    }
}
