package org.qfpsim.sim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.CaptureReader;
import org.qfpsim.sim.capture.EspFlow;
import org.qfpsim.sim.capture.EspFlows;

class EspSaTableTest {
    private static final String KEY16 = "0x000102030405060708090a0b0c0d0e0f";
    private static final String KEY20 = KEY16 + "10111213";
    private static final String GCM = "\"AES-GCM with 16 octet ICV [RFC4106]\",\"" + KEY20 + "\",\"NULL\",\"\"";

    private static String entry(final String protocol, final String source, final String destination, final String spi) {
        return "\"%s\",\"%s\",\"%s\",\"%s\",%s\n".formatted(protocol, source, destination, spi, GCM);
    }

    private static EspFlow flow(final String source, final String destination, final int spi) {
        return new EspFlow(IpAddress.parse(source), IpAddress.parse(destination), spi);
    }

    private static EspSaTable parse(final String table) {
        return EspSaTable.parse(table.getBytes(StandardCharsets.ISO_8859_1), "esp_sa");
    }

    private static List<SaSpec> expand(final String table, final EspFlow... flows) {
        return parse(table).expand(List.of(flows)).inbound();
    }

    @Test
    void shouldReadTheCorpusTableAndAgreeWithItsDeviceFile() throws IOException {
        final DeviceConfig table = EspSaTable.parse(Resources.octets("corpus/wireshark/esp_sa"), "esp_sa").expand(List.of());
        final DeviceConfig device = DeviceFile.parse(Resources.octets("corpus/keys.json"), "keys.json");

        assertThat(table.inbound()).hasSize(13);
        assertThat(table.addresses()).isEqualTo(device.addresses());
        for (final SaSpec sa : table.inbound()) {
            final SaSpec same = device.inbound().stream().filter(s -> s.spi() == sa.spi()).findFirst().orElseThrow();
            assertThat(sa.suite()).isEqualTo(same.suite());
            assertThat(sa.keys().key()).isEqualTo(same.keys().key());
            assertThat(sa.keys().salt()).isEqualTo(same.keys().salt());
            assertThat(sa.keys().authKey()).isEqualTo(same.keys().authKey());
            assertThat(sa.selectors()).isEmpty();
            assertThat(sa.mode()).isEqualTo(SaSpec.Mode.ANY);
            assertThat(sa.udpEncap()).isEqualTo(SaSpec.UdpEncap.EITHER);
            assertThat(sa.replayWindow()).isEqualTo(64);
        }
    }

    static Stream<Arguments> algorithms() {
        final String sha1 = "0x" + "5c".repeat(20);
        return Stream.of(
            Arguments.of("AES-CBC [RFC3602]", 16, "NULL", "", EspSuite.AES_CBC_128_NONE),
            Arguments.of("AES-CBC [RFC3602]", 24, "HMAC-SHA-1-96 [RFC2404]", sha1, EspSuite.AES_CBC_192_SHA1_96),
            Arguments.of("AES-CBC [RFC3602]", 32, "HMAC-SHA-256-128 [RFC4868]", "0x" + "5c".repeat(32), EspSuite.AES_CBC_256_SHA256_128),
            Arguments.of("AES-CBC [RFC3602]", 16, "HMAC-SHA-384-192 [RFC4868]", "0x" + "5c".repeat(48), EspSuite.AES_CBC_128_SHA384_192),
            Arguments.of("AES-CBC [RFC3602]", 16, "HMAC-SHA-512-256 [RFC4868]", "\\".repeat(128), EspSuite.AES_CBC_128_SHA512_256),
            Arguments.of("NULL", 0, "HMAC-SHA-1-96 [RFC2404]", sha1, EspSuite.NULL_SHA1_96),
            Arguments.of("AES-GCM [RFC4106]", 20, "NULL", "", EspSuite.AES_GCM_128_16),
            Arguments.of("AES-GCM [RFC4106]", 28, "ANY 96 bit authentication [no checking]", "", EspSuite.AES_GCM_192_12),
            Arguments.of("AES-GCM with 8 octet ICV [RFC4106]", 36, "NULL", "", EspSuite.AES_GCM_256_8),
            Arguments.of("AES-GCM with 12 octet ICV [RFC4106]", 20, "NULL", "", EspSuite.AES_GCM_128_12),
            Arguments.of("AES-GCM with 16 octet ICV [RFC4106]", 20, "NULL", "0x", EspSuite.AES_GCM_128_16),
            Arguments.of("ChaCha20 with Poly1305 [RFC7634]", 36, "NULL", "", EspSuite.CHACHA20_POLY1305));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldKnowTheAlgorithmsByTheNamesOfWireshark(final String encryption, final int keyBytes, final String authentication,
                                                      final String authKey, final EspSuite expected) {
        final String line = "\"IPv4\",\"*\",\"10.0.0.2\",\"1\",\"%s\",\"0x%s\",\"%s\",\"%s\""
            .formatted(encryption, "5a".repeat(keyBytes), authentication, authKey);

        assertThat(expand(line)).extracting(SaSpec::suite).containsExactly(expected);
    }

    @Test
    void shouldReadCommentsBlankLinesEscapesAndBlanks() {
        final List<SaSpec> sas = expand("# comment, \"with\" quotes\r\n\r\n  \t\n"
            + " \"IPv4\" , \"10.0.0.\\x31\",\"10.0.0.2\"\t,\"0x\\0601\",\"AES-CBC [RFC3602]\",\"0x0123456789\\a\\\\\\\"\\n\\xff\\251\",\"NULL\",\"\" \n"
                .replace("0x0123456789", "0123456789"));

        assertThat(sas).hasSize(1);
        assertThat(sas.getFirst().source()).isEqualTo(IpAddress.parse("10.0.0.1"));
        assertThat(sas.getFirst().name()).isEqualTo("0x00000001@10.0.0.2");
        assertThat(HexFormat.of().formatHex(sas.getFirst().keys().key())).isEqualTo("30313233343536373839075c220affa9");
    }

    @Test
    void shouldPutAZeroBeforeAnOddNumberOfHexDigits() {
        final List<SaSpec> sas = expand("IPv4,*,10.0.0.2,1,AES-CBC [RFC3602],0X" + "1".repeat(31) + ",NULL,");

        assertThat(HexFormat.of().formatHex(sas.getFirst().keys().key())).isEqualTo("01" + "11".repeat(15));
    }

    @Test
    void shouldReadTheFieldsOfNewerTables() {
        final String esn = entry("IPv4", "*", "10.0.0.2", "1").strip();
        final SaSpec sa = expand(esn + ",\"64-bit\",\"0x1f\"").getFirst();

        assertThat(sa.esn()).isTrue();
        assertThat(sa.initialSequence()).isEqualTo(0x1f_0000_0000L);
        assertThat(expand(esn + ",\"32-bit\",\"0\"").getFirst().esn()).isFalse();
        assertThat(expand(esn + ",\"64-bit\"").getFirst().initialSequence()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"IPv4,*,true", "IPv4,20.1.1.2,true", "IPv4,20.1.*.*,true", "IPv4,20.*.1.2,true", "IPv4,20.2.*.*,false",
        "IPv4,20.1.0.0/16,true", "IPv4,20.1.1.0/30,true", "IPv4,20.1.1.4/30,false", "IPv6,*,false", "Any,anything,true"})
    void shouldMatchIpv4AddressesAsWiresharkDoes(final String protocol, final String pattern, final boolean matches) {
        final List<SaSpec> sas = expand(entry(protocol, pattern, "*", "*"), flow("20.1.1.2", "10.1.1.1", 5));

        assertThat(sas).hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"*,true", "2001:db8:b::2,true", "2001:DB8:B::2,true", "2001:db8:b::*,true", "2001:db8:b::****,true", "200*:db8:b::2,true",
        "2001:db8:a::*,false", "2001:db8::/32,true", "2001:db9::/32,false", "2001:db8:*::2,true"})
    void shouldMatchIpv6AddressesAsWiresharkDoes(final String pattern, final boolean matches) {
        final List<SaSpec> sas = expand(entry("IPv6", pattern, "*", "*"), flow("2001:db8:b::2", "2001:db8:a::1", 5));

        assertThat(sas).hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"*,true", "0x42319393,true", "0x4231****,true", "0x********,true", "1110545299,true", "010214311623,true", "0x42319394,false",
        "0x4231***4,false", "42319393,false"})
    void shouldMatchSpisAsWiresharkDoes(final String pattern, final boolean matches) {
        final List<SaSpec> sas = expand(entry("IPv4", "*", "*", pattern), flow("20.1.1.2", "10.1.1.1", 0x42319393));

        assertThat(sas).hasSize(matches ? 1 : 0);
    }

    @Test
    void shouldTakeTheFirstLineThatMatches() {
        final String other = entry("IPv4", "*", "10.0.0.2", "0x000000**").replace(KEY20, "0x" + "77".repeat(20));
        final String exact = entry("IPv4", "10.0.0.1", "10.0.0.2", "7");

        assertThat(expand(other + exact, flow("10.0.0.1", "10.0.0.2", 7))).hasSize(1)
            .allSatisfy(sa -> assertThat(sa.keys().key()).containsOnly(0x77));
        assertThat(expand(exact + other, flow("10.0.0.1", "10.0.0.2", 7), flow("10.0.0.9", "10.0.0.2", 7), flow("10.0.0.1", "10.0.0.2", 8)))
            .extracting(SaSpec::name).containsExactly("0x00000007@10.0.0.2", "0x00000008@10.0.0.2");
        assertThat(parse(exact).hasWildcards()).isFalse();
        assertThat(parse(exact + other).hasWildcards()).isTrue();
    }

    @Test
    void shouldMakeAnSaOfEveryFlowOfACapture() throws IOException {
        final EspSaTable table = parse(entry("IPv4", "*", "*", "*"));
        try (CaptureReader reader = new CaptureReader(
            new ByteArrayInputStream(Resources.octets("captures/v1-aes128gcm16-natt/wire.pcap")), "x")) {
            final Set<EspFlow> flows = EspFlows.scan(reader);
            assertThat(table.expand(flows).inbound()).extracting(SaSpec::name)
                .containsExactlyInAnyOrder("0x42319393@10.1.1.1", "0x9987d763@20.1.1.2");
        }
        assertThat(table.expand(List.of()).inbound()).isEmpty();
    }

    static Stream<Arguments> errors() {
        final String ok = entry("IPv4", "10.0.0.1", "10.0.0.2", "7").strip();
        return Stream.of(
            Arguments.of(ok.replace("IPv4", "IPv5"), "field 1 (protocol): 'IPv5' is not known; use one of IPv4, IPv6, Any"),
            Arguments.of(ok.replace("10.0.0.1", "10.0.*"), "field 2 (source address): '10.0.*' is not an IPv4 address, a prefix, or a pattern "
                + "with * for whole octets such as 192.168.*.*"),
            Arguments.of(ok.replace("10.0.0.2", "10.0.0.300"), "field 3 (destination address): '10.0.0.300' is not an IPv4 address, a prefix, "
                + "or a pattern with * for whole octets such as 192.168.*.*"),
            Arguments.of(ok.replace("IPv4", "IPv6"), "field 2 (source address): '10.0.0.1' is not an IPv6 address, a prefix, or a pattern with "
                + "* for single hex digits such as 2001:db8::****"),
            Arguments.of(ok.replace("\"7\"", "\"0x12*\""), "field 4 (SPI): '0x12*' is not an SPI: 0x and up to eight hex digits, a decimal "
                + "number, *, or 0x and exactly eight hex digits of which some are *"),
            Arguments.of(ok.replace("AES-GCM with 16 octet ICV [RFC4106]", "TripleDES-CBC [RFC2451]"), "field 5 (encryption): "
                + "'TripleDES-CBC [RFC2451]' is not supported; use one of AES-CBC [RFC3602], AES-GCM [RFC4106], AES-GCM with 12 octet ICV "
                + "[RFC4106], AES-GCM with 16 octet ICV [RFC4106], AES-GCM with 8 octet ICV [RFC4106], ChaCha20 with Poly1305 [RFC7634], NULL"),
            Arguments.of(ok.replace(KEY20, KEY16), "field 6 (encryption key): with the salt at its end it has 16 octets, aes-gcm takes 20, "
                + "28, 36"),
            Arguments.of(ok.replace(KEY20, "0x"), "field 6 (encryption key): has 0 octets, aes-gcm takes 16, 24, 32"),
            Arguments.of(ok.replace(KEY20, KEY20 + "zz"), "field 6 (encryption key): starts with 0x but has other characters than hex digits "
                + "behind it"),
            Arguments.of(ok.replace("\"NULL\"", "\"HMAC-MD5-96 [RFC2403]\""), "field 7 (authentication): 'HMAC-MD5-96 [RFC2403]' is not "
                + "supported; use one of ANY 128 bit authentication [no checking], ANY 64 bit authentication [no checking], ANY 96 bit "
                + "authentication [no checking], HMAC-SHA-1-96 [RFC2404], HMAC-SHA-256-128 [RFC4868], HMAC-SHA-384-192 [RFC4868], "
                + "HMAC-SHA-512-256 [RFC4868], NULL"),
            Arguments.of(ok.replace("\"NULL\"", "\"ANY 64 bit authentication [no checking]\""), "field 7 (authentication): 'ANY 64 bit "
                + "authentication [no checking]' does not go with AES-GCM with 16 octet ICV [RFC4106]; name the algorithm, or NULL"),
            Arguments.of(ok.replace("\"NULL\",\"\"", "\"HMAC-SHA-1-96 [RFC2404]\",\"\""), "field 7 (authentication): aes-gcm cannot be combined "
                + "with hmac-sha1-96; leave the integrity algorithm out"),
            Arguments.of(ok.replace("\"NULL\",\"\"", "\"NULL\",\"x\""), "field 8 (authentication key): has 1 octet, AES_GCM_128_16 takes 0"),
            Arguments.of(ok + ",\"48-bit\"", "field 9 (sequence number length): '48-bit' is not supported; use one of 32-bit, 64-bit"),
            Arguments.of(ok + ",\"64-bit\",\"123456789\"", "field 10 (upper sequence number bits): '123456789' is not up to 8 hex digits"),
            Arguments.of(ok + ",a,b,c", "has 11 fields; a line has 8 (protocol, source, destination, SPI, encryption, key, authentication, "
                + "key), or 10 (and sequence number length, upper bits)"),
            Arguments.of("\"IPv4\",\"10", "field 2 has no closing double quote"),
            Arguments.of("\"IPv4\" x", "field 1 is followed by something else than a comma; put the field in double quotes"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldNameLineFieldValueAndFix(final String line, final String message) {
        assertThatThrownBy(() -> parse("# first line\n" + line + "\n")).isInstanceOf(InputException.class)
            .hasMessage("esp_sa: line 2: " + message);
    }

    @Test
    void shouldRefuseATableWithoutSas() {
        assertThatThrownBy(() -> parse("# nothing\n\n")).isInstanceOf(InputException.class).hasMessageStartingWith("esp_sa: has no SA; ");
    }
}
