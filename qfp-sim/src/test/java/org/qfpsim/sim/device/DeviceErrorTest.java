package org.qfpsim.sim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.sim.InputException;

/** What the reader of device files says, word for word where a user acts on it. */
class DeviceErrorTest {
    private static final String SA = """
        {"device": {"ipv4": ["20.1.1.2"]}, "sas": [
         {"spi": "0x100", "src": "10.1.1.1", "dst": "20.1.1.2", "cipher": "aes-gcm", "key": "000102030405060708090a0b0c0d0e0f", "salt": "aabbccdd"}
        ], "policies": [{"action": "protect", "src": "10.0.0.0/8", "dst": "20.0.0.0/8"}]}""";
    private static final String KEY = "\"000102030405060708090a0b0c0d0e0f\"";

    static Stream<Arguments> errors() {
        return Stream.of(
            Arguments.of(KEY, "\"0001020304050607\"", "$.sas[0].key: has 8 octets, aes-gcm takes 16, 24, 32"),
            Arguments.of(KEY, "\"000\"", "$.sas[0].key: its 3 characters are not pairs of hex digits"),
            Arguments.of(KEY, "12", "$.sas[0].key: is of type number, must be a string"),
            Arguments.of("\"aabbccdd\"", "null", "$.sas[0].salt: has 0 octets, AES_GCM_128_16 takes 4"),
            Arguments.of("\"aabbccdd\"", "\"aabbccdd\", \"icv_len\": 10",
                "$.sas[0].icv_len: 10 octets do not go with this algorithm, it has 8, 12, 16"),
            Arguments.of("\"aabbccdd\"", "\"aabbccdd\", \"auth\": \"hmac-sha1-96\"",
                "$.sas[0].auth: aes-gcm cannot be combined with hmac-sha1-96; leave the integrity algorithm out"),
            Arguments.of("aes-gcm", "null", "$.sas[0].auth: null needs an integrity algorithm beside it"),
            Arguments.of("aes-gcm", "des", "$.sas[0].cipher: 'des' is not known; use one of aes-cbc, aes-gcm, chacha20-poly1305, null"),
            Arguments.of("\"aabbccdd\"", "\"aabbccdd\", \"auth\": \"md5\"", "$.sas[0].auth: 'md5' is not known; use one of "
                + "hmac-sha1-96, hmac-sha256-128, hmac-sha384-192, hmac-sha512-256, none"),
            Arguments.of("\"10.1.1.1\"", "\"10.1.1.999\"", "$.sas[0].src: '10.1.1.999' is not an address such as 20.1.1.2 or 2001:db8::1"),
            Arguments.of("\"10.1.1.1\"", "\"2001:db8::1\"", "$.sas[0].dst: 20.1.1.2 and src 2001:db8::1 are of different families"),
            Arguments.of("\"spi\": \"0x100\",", "", "$.sas[0].spi: is missing"),
            Arguments.of("\"0x100\"", "\"100\"", "$.sas[0].spi: '100' is not a number; write 4660 or \"0x1234\""),
            Arguments.of("\"0x100\"", "0", "$.sas[0].spi: 0 never is on the wire (RFC 4303 section 2.1)"),
            Arguments.of("\"0x100\"", "\"0x100000000\"", "$.sas[0].spi: 4294967296 is not within 0 to 4294967295"),
            Arguments.of("\"0x100\"", "1.5", "$.sas[0].spi: is of type number, must be an integer"),
            Arguments.of("\"cipher\"", "\"ciper\"", "$.sas[0].ciper: unknown field; did you mean cipher?"),
            Arguments.of("\"cipher\"", "\"replay_window\": 100, \"cipher\"",
                "$.sas[0].replay_window: 100 is not 0 (off) or a power of two within 64 to 4096"),
            Arguments.of("\"cipher\"", "\"esn\": true, \"replay_window\": 0, \"cipher\"", "$.sas[0].replay_window: 0 does not go with esn: "
                + "the receiver needs a window to infer the high half (RFC 4303 section 3.3.3)"),
            Arguments.of("\"cipher\"", "\"initial_top\": \"0x100000000\", \"cipher\"",
                "$.sas[0].initial_top: 0x100000000 has more than 32 bits; set esn or correct it"),
            Arguments.of("\"cipher\"", "\"mode\": \"tunel\", \"cipher\"", "$.sas[0].mode: 'tunel' is not known; use one of transport, tunnel"),
            Arguments.of("\"cipher\"", "\"proto\": \"ah\", \"cipher\"", "$.sas[0].proto: 'ah' is not supported; use esp"),
            Arguments.of("\"cipher\"", "\"udpencap\": 1, \"cipher\"", "$.sas[0].udpencap: is of type number, must be true or false"),
            Arguments.of("\"cipher\"", "\"udp_sport\": 70000, \"cipher\"", "$.sas[0].udp_sport: 70000 is not within 0 to 65535"),
            Arguments.of("\"cipher\"", "\"selectors\": [{\"src\": \"1.2.3.4/33\", \"dst\": \"1.2.3.4\"}], \"cipher\"",
                "$.sas[0].selectors[0].src: '1.2.3.4/33' is not an address or prefix such as 10.0.0.0/8 or 2001:db8::/32"),
            Arguments.of("[\"20.1.1.2\"]", "[]", "$.device: has no address; fill ipv4 or ipv6"),
            Arguments.of("[\"20.1.1.2\"]", "[\"::1\"]", "$.device.ipv4[0]: ::1 is of the other family; move it to ipv6"),
            Arguments.of("[\"20.1.1.2\"]", "\"20.1.1.2\"", "$.device.ipv4: is of type string, must be a list [...]"),
            Arguments.of("\"dst\": \"20.0.0.0/8\"", "\"dst\": \"::/0\"", "$.policies[0].dst: ::/0 and src 10.0.0.0/8 are of different families"),
            Arguments.of("\"dst\": \"20.0.0.0/8\"", "\"dst\": \"20.0.0.0/8\", \"dport\": \"20-10\"",
                "$.policies[0].dport: '20-10' is not a port, a range such as \"1024-2047\", or \"any\""),
            Arguments.of("\"protect\"", "\"protect\", \"direction\": \"out\", \"sa\": \"x\"",
                "$.policies[0].sa: 'x' is not an SA of outbound_sas, which has none"),
            Arguments.of("\"protect\"", "\"bypass\", \"sa\": \"x\"", "$.policies[0].sa: only a policy with \"direction\": \"out\" and "
                + "\"action\": \"protect\" uses an SA; leave the field out"),
            Arguments.of("\"device\":", "\"esp\": [], \"device\":", "$.esp: is another name of sas; use one of them"),
            Arguments.of(SA, "[]", "$: is of type array, must be an object {...}"),
            Arguments.of(SA, "{\"name\": \"x\"}", "$: has neither device nor sas: not a device file; docs/device-file.md has an example"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldNamePathValueAndFix(final String correct, final String wrong, final String message) {
        assertThat(SA).contains(correct);
        assertThatThrownBy(() -> parse(SA.replaceFirst(java.util.regex.Pattern.quote(correct), java.util.regex.Matcher.quoteReplacement(wrong))))
            .isInstanceOf(InputException.class).hasMessage("d.json: " + message);
    }

    @Test
    void shouldReportDuplicates() {
        final String sa = SA.substring(SA.indexOf("{\"spi\""), SA.indexOf("]", SA.indexOf("{\"spi\""))).strip();
        assertThatThrownBy(() -> parse(SA.replace(sa, sa + "," + sa))).isInstanceOf(InputException.class)
            .hasMessage("d.json: $.sas[1].spi: 0x00000100 towards 20.1.1.2 is the SA $.sas[0] already; give each SA its own SPI");
        final String a = sa.replace("{", "{\"name\": \"a\", ");
        assertThatThrownBy(() -> parse(SA.replace(sa, a + "," + a.replace("0x100", "0x101")))).isInstanceOf(InputException.class)
            .hasMessage("d.json: $.sas[1].name: 'a' is the name of another SA already");
        assertThatThrownBy(() -> parse(SA.replace("\"salt\"", "\"salt\": \"\", \"salt\""))).isInstanceOf(InputException.class)
            .hasMessageMatching("d.json: line 2 column \\d+: not valid JSON: Duplicate field 'salt'");
    }

    @Test
    void shouldNameLineAndColumnOfBrokenJson() {
        assertThatThrownBy(() -> parse("{\n \"sas\": ]")).isInstanceOf(InputException.class)
            .hasMessageStartingWith("d.json: line 2 column 9: not valid JSON: ");
        assertThatThrownBy(() -> parse(SA + "x")).isInstanceOf(InputException.class).hasMessageStartingWith("d.json: line 3 column ");
        assertThatThrownBy(() -> parse("")).isInstanceOf(InputException.class)
            .hasMessage("d.json: the file is empty; docs/device-file.md has an example");
        assertThatThrownBy(() -> DeviceFile.parse(new byte[] {0, 0, 0, 'x', 0, 0}, "d.json")).isInstanceOf(InputException.class)
            .hasMessageStartingWith("d.json:");
        assertThatThrownBy(() -> parse("[".repeat(2000))).isInstanceOf(InputException.class).hasMessageContaining("not valid JSON");
    }

    @Test
    void shouldNeverShowAKey() {
        for (final String broken : new String[] {"f00102030405060708090a0b0c0d0e0f", "\"000102030405060708090a0b0c0d0e0f0\"",
            "'000102030405060708090a0b0c0d0e0f'", "000102030405060708090a0b0c0d0e0f", "\"000102030405060708090a0b0c0d0e0f"}) {
            assertThatThrownBy(() -> parse(SA.replace(KEY, broken))).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage()).startsWith("d.json: ").doesNotContain("0102"));
        }
        assertThatThrownBy(() -> parse(SA.replace("\"key\"", "\"k\"").replace("\"cipher\"", KEY + ": 1, \"cipher\"")))
            .isInstanceOf(InputException.class).satisfies(e -> assertThat(e.getMessage()).doesNotContain("0102"));
    }

    private static void parse(final String json) {
        DeviceFile.parse(json.getBytes(StandardCharsets.UTF_8), "d.json");
    }
}
