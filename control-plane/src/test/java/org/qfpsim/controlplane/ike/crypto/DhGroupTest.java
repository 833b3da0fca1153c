package org.qfpsim.controlplane.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Diffie-Hellman groups against the examples of their RFCs and against exchanges with another implementation. */
class DhGroupTest {
    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** RFC 5903 section 8: private and public values of both ends, and x of the shared point. */
    @ParameterizedTest
    @CsvSource({
        "19, C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433, "
            + "DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180"
            + "5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3, "
            + "C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53, "
            + "D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63"
            + "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB, "
            + "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE",
        "20, 099F3C7034D4A2C699884D73A375A67F7624EF7C6B3C0F160647B67414DCE655E35B538041E649EE3FAEF896783AB194, "
            + "667842D7D180AC2CDE6F74F37551F55755C7645C20EF73E31634FE72B4C55EE6DE3AC808ACB4BDB4C88732AEE95F41AA"
            + "9482ED1FC0EEB9CAFC4984625CCFC23F65032149E0E144ADA024181535A0F38EEB9FCFF3C2C947DAE69B4C634573A81C, "
            + "41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942E0308312916B8ED2960E4BD55A7448FC, "
            + "E558DBEF53EECDE3D3FCCFC1AEA08A89A987475D12FD950D83CFA41732BC509D0D1AC43A0336DEF96FDA41D0774A3571"
            + "DCFBEC7AACF3196472169E838430367F66EEBE3C6E70C416DD5F0C68759DD1FFF83FA40142209DFF5EAAD96DB9E6386C, "
            + "11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4D603135569B9E9D09CF5D4A270F59746",
        "21, 0037ADE9319A89F4DABDB3EF411AACCCA5123C61ACAB57B5393DCE47608172A095AA85A30FE1C2952C6771D937BA9777F5957B2639BA"
            + "B072462F68C27A57382D4A52, "
            + "0015417E84DBF28C0AD3C278713349DC7DF153C897A1891BD98BAB4357C9ECBEE1E3BF42E00B8E380AEAE57C2D107564941885942AF5"
            + "A7F4601723C4195D176CED3E"
            + "017CAE20B6641D2EEB695786D8C946146239D099E18E1D5A514C739D7CB4A10AD8A788015AC405D7799DC75E7B7D5B6CF2261A6A7F15"
            + "07438BF01BEB6CA3926F9582, "
            + "0145BA99A847AF43793FDD0E872E7CDFA16BE30FDC780F97BCCC3F078380201E9C677D600B343757A3BDBF2A3163E4C2F869CCA7458A"
            + "A4A4EFFC311F5CB151685EB9, "
            + "00D0B3975AC4B799F5BEA16D5E13E9AF971D5E9B984C9F39728B5E5739735A219B97C356436ADC6E95BB0352F6BE64A6C2912D4EF2D0"
            + "433CED2B6171640012D9460F"
            + "015C68226383956E3BD066E797B623C27CE0EAC2F551A10C2C724D9852077B87220B6536C5C408A1D2AEBB8E86D678AE49CB57091F47"
            + "32296579AB44FCD17F0FC56A, "
            + "01144C7D79AE6956BC8EDB8E7C787C4521CB086FA64407F97894E5E6B2D79B04D1427E73CA4BAA240A34786859810C06B3C715A3A8CC"
            + "3151F2BEE417996D19F3DDEA"
    })
    void shouldGiveTheAnswersOfTheRfc(final int number, final String first, final String firstPublic, final String second,
                                      final String secondPublic, final String secret) {
        final DhKey a = DhGroup.of(number).orElseThrow().withPrivateValue(hex(first));
        final DhKey b = DhGroup.of(number).orElseThrow().withPrivateValue(hex(second));
        assertThat(a.publicValue()).isEqualTo(hex(firstPublic));
        assertThat(b.publicValue()).isEqualTo(hex(secondPublic));
        assertThat(a.agree(b.publicValue())).contains(hex(secret));
        assertThat(b.agree(a.publicValue())).contains(hex(secret));
    }

    /** IKEv1 exchanges with strongSwan: x, g^x, g^y and g^xy. */
    @Test
    void shouldAgreeWithAnotherImplementation() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("modp_kat.json")) {
            final JsonNode cases = new ObjectMapper().readTree(file);
            assertThat(cases.size()).isGreaterThan(1);
            for (final JsonNode one : cases) {
                final DhGroup group = DhGroup.of(one.get("group").asInt()).orElseThrow();
                final String x = one.get("x").asText();
                final DhKey key = group.withPrivateValue(hex(x.length() % 2 == 0 ? x : "0" + x));
                assertThat(key.publicValue()).isEqualTo(hex(one.get("gx").asText()));
                assertThat(key.agree(hex(one.get("gy").asText()))).contains(hex(one.get("gxy").asText()));
            }
        }
    }

    /** RFC 2409 section 6.2, RFC 3526: a safe prime that begins and ends with 64 ones, and then the digits of pi. */
    @ParameterizedTest
    @CsvSource({"2, 1024", "5, 1536", "14, 2048", "15, 3072", "16, 4096"})
    void shouldUseThePrimesOfTheRfcs(final int number, final int bits) {
        final BigInteger prime = ((ModpMath) DhGroup.of(number).orElseThrow().math()).prime();
        final String text = prime.toString(16).toUpperCase(java.util.Locale.ROOT);
        assertThat(prime.bitLength()).isEqualTo(bits);
        assertThat(text).startsWith("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1").endsWith("FFFFFFFFFFFFFFFF");
        assertThat(prime.isProbablePrime(2)).isTrue();
        if (bits <= 2048) {
            // The larger ones take seconds.
            assertThat(prime.shiftRight(1).isProbablePrime(2)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithItselfAndRepeatItself(final DhGroup group) {
        final DhKey a = group.generate(new SplittableRandom(1));
        final DhKey b = group.generate(new SplittableRandom(2));
        assertThat(a.publicValue()).hasSize(group.publicOctets()).isEqualTo(group.generate(new SplittableRandom(1)).publicValue());
        assertThat(a.agree(b.publicValue()).orElseThrow()).isEqualTo(b.agree(a.publicValue()).orElseThrow());
        assertThat(a.toString()).isEqualTo("DhKey[group " + group.number() + "]");
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseValuesOutsideTheGroup(final DhGroup group) {
        final DhKey key = group.generate(new SplittableRandom(3));
        final int octets = group.publicOctets();
        final byte[] ones = new byte[octets];
        java.util.Arrays.fill(ones, (byte) 0xff);
        assertThat(key.agree(new byte[0])).isEmpty();
        assertThat(key.agree(new byte[octets - 1])).isEmpty();
        assertThat(key.agree(new byte[octets + 1])).isEmpty();
        assertThat(key.agree(new byte[octets])).isEmpty();
        if (group != DhGroup.X25519) {
            assertThat(key.agree(ones)).isEmpty();
            final byte[] one = new byte[octets];
            one[octets - 1] = 1;
            assertThat(key.agree(one)).isEmpty();
        }
        if (group.math() instanceof EcpMath) {
            final byte[] off = key.publicValue();
            off[octets - 1] ^= 1;
            assertThat(key.agree(off)).isEmpty();
        }
        if (group.math() instanceof ModpMath modp) {
            assertThat(key.agree(Octets.fixed(modp.prime().subtract(BigInteger.ONE), octets))).isEmpty();
            assertThat(key.agree(Octets.fixed(modp.prime().add(BigInteger.TWO), octets))).isEmpty();
        }
    }

    @Test
    void shouldGiveTheAnswersOfRfc7748() {
        // Section 6.1: Bob's keys, Alice's public key.
        final DhKey bob = DhGroup.X25519.withPrivateValue(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
        assertThat(bob.publicValue()).isEqualTo(hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
        assertThat(bob.agree(hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")))
            .contains(hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
        // Section 5.2, first vector.
        final DhKey key = DhGroup.X25519.withPrivateValue(hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"));
        assertThat(key.agree(hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")))
            .contains(hex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"));
    }

    @Test
    void shouldRefusePrivateValuesOutOfRange() {
        assertThatThrownBy(() -> DhGroup.ECP_256.withPrivateValue(new byte[32])).isInstanceOf(IllegalArgumentException.class);
        assertThat(DhGroup.of(1)).isEmpty();
    }
}
