package org.qfpsim.controlplane.config.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** scrypt and what it is made of. */
class ScryptTest {
    /** RFC 7914 section 11. */
    @ParameterizedTest
    @CsvSource({"passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
            + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"})
    void shouldDeriveWhatTheRfcSays(final String password, final String salt, final int rounds, final String expected) throws Exception {
        assertThat(HexFormat.of().formatHex(Scrypt.pbkdf2(password, salt.getBytes(StandardCharsets.US_ASCII), rounds, 64)))
            .isEqualTo(expected);
    }

    /** OpenSSL's, as Python's hashlib has it: the RFC's own examples have other r and p. */
    @Test
    void shouldAgreeWithAnotherProgram() throws Exception {
        assertThat(HexFormat.of().formatHex(Scrypt.derive("router password", "0123456789abcd".getBytes(StandardCharsets.US_ASCII), 1 << 14, 32)))
            .isEqualTo("987ab6e19ee354b12ee50acc005c15fef58f43db2d84f57ccba71909c591666b");
    }
}
