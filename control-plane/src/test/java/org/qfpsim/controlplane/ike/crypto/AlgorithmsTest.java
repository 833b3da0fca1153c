package org.qfpsim.controlplane.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** Hashes, prf, integrity and ciphers against the examples of RFC 2202, 4231 and 3602, and what is left against their definitions. */
class AlgorithmsTest {
    private static final byte[] WHAT = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JEFE = "Jefe".getBytes(StandardCharsets.US_ASCII);

    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void shouldGiveTheAnswersOfRfc2202AndRfc4231() {
        assertThat(Prf.HMAC_SHA1.prf(JEFE, WHAT)).isEqualTo(hex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
        assertThat(Prf.HMAC_SHA256.prf(JEFE, WHAT))
            .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        assertThat(Prf.HMAC_SHA384.prf(JEFE, WHAT)).isEqualTo(
            hex("af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"));
        assertThat(Prf.HMAC_SHA512.prf(JEFE, Arrays.copyOf(WHAT, 5), Arrays.copyOfRange(WHAT, 5, WHAT.length))).isEqualTo(
            hex("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"));
        // Keys longer than the block (RFC 4231 case 6), and none at all (the well-known HMAC of nothing).
        final byte[] longKey = new byte[131];
        Arrays.fill(longKey, (byte) 0xaa);
        assertThat(Prf.HMAC_SHA256.prf(longKey, "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII)))
            .isEqualTo(hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
        assertThat(IkeHash.SHA1.hmac(new byte[0])).isEqualTo(hex("fbdb1d1b18aa6c08324b7d64b71fb76370690e1d"));
    }

    @Test
    void shouldTruncateIntegrity() {
        assertThat(Integrity.HMAC_SHA1_96.icv(JEFE, WHAT)).isEqualTo(hex("effcdf6ae5eb2fa2d27416d5"));
        assertThat(Integrity.of(12).orElseThrow().icv(JEFE, WHAT)).isEqualTo(hex("5bdcc146bf60754e6a042426089575c7"));
        assertThat(Integrity.of(13).orElseThrow().icvOctets()).isEqualTo(24);
        assertThat(Integrity.of(14).orElseThrow().icvOctets()).isEqualTo(32);
        final byte[] icv = Integrity.HMAC_SHA512_256.icv(JEFE, WHAT);
        assertThat(Integrity.HMAC_SHA512_256.verify(JEFE, WHAT, icv)).isTrue();
        icv[31] ^= 1;
        assertThat(Integrity.HMAC_SHA512_256.verify(JEFE, WHAT, icv)).isFalse();
        assertThat(Integrity.HMAC_SHA512_256.verify(JEFE, WHAT, new byte[0])).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldChainPrfPlus(final Prf prf) {
        final byte[] first = prf.prf(JEFE, WHAT, new byte[] {1});
        final byte[] second = prf.prf(JEFE, first, WHAT, new byte[] {2});
        final byte[] stream = prf.plus(JEFE, prf.octets() + 5, Arrays.copyOf(WHAT, 3), Arrays.copyOfRange(WHAT, 3, WHAT.length));
        assertThat(Arrays.copyOf(stream, prf.octets())).isEqualTo(first);
        assertThat(Arrays.copyOfRange(stream, prf.octets(), stream.length)).isEqualTo(Arrays.copyOf(second, 5));
        assertThat(prf.plus(JEFE, 255 * prf.octets(), WHAT)).hasSize(255 * prf.octets());
        assertThatThrownBy(() -> prf.plus(JEFE, 255 * prf.octets() + 1, WHAT)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Prf.of(prf.number())).contains(prf);
        assertThat(Prf.of(prf.hash())).isEqualTo(prf);
    }

    @Test
    void shouldHash() {
        final byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(IkeHash.SHA1.digest(abc)).isEqualTo(hex("a9993e364706816aba3e25717850c26c9cd0d89d"));
        assertThat(IkeHash.SHA256.digest(Arrays.copyOf(abc, 1), Arrays.copyOfRange(abc, 1, 3)))
            .isEqualTo(hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(IkeHash.named("sha384")).contains(IkeHash.SHA384);
        assertThat(IkeHash.named("md5")).isEmpty();
    }

    @Test
    void shouldGiveTheAnswersOfRfc3602() {
        // Case 1.
        final byte[] key = hex("06a9214036b8a15b512e03d534120006");
        final byte[] iv = hex("3dafba429d9eb430b422da802c9fac41");
        final byte[] plain = "Single block msg".getBytes(StandardCharsets.US_ASCII);
        final byte[] sealed = IkeCipher.AES_CBC_128.encrypt(key, iv, new byte[0], plain);
        assertThat(sealed).isEqualTo(hex("e353779c1079aeb82708942dbe77181a"));
        assertThat(IkeCipher.AES_CBC_128.decrypt(key, iv, new byte[0], sealed)).contains(plain);
    }

    @ParameterizedTest
    @EnumSource
    void shouldOpenWhatItSealed(final IkeCipher cipher) {
        final SplittableRandom random = new SplittableRandom(4);
        final byte[] key = new byte[cipher.keyOctets()];
        final byte[] iv = new byte[cipher.ivOctets()];
        final byte[] plain = new byte[48];
        final byte[] aad = {1, 2, 3};
        random.nextBytes(key);
        random.nextBytes(iv);
        random.nextBytes(plain);
        final byte[] sealed = cipher.encrypt(key, iv, aad, plain);
        assertThat(sealed).hasSize(48 + cipher.icvOctets());
        assertThat(cipher.decrypt(key, iv, aad, sealed)).contains(plain);
        assertThat(cipher.decrypt(key, iv, aad, new byte[15])).isEmpty();
        if (cipher.combined()) {
            assertThat(cipher.decrypt(key, iv, new byte[] {1, 2}, sealed)).isEmpty();
            key[key.length - 1] ^= 1;
            assertThat(cipher.decrypt(key, iv, aad, sealed)).as("the salt counts").isEmpty();
        } else {
            assertThatThrownBy(() -> cipher.encrypt(key, iv, aad, new byte[15])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(IkeCipher.named(cipher.text())).contains(cipher);
        assertThat(IkeCipher.of(cipher.number(), cipher.keyBits())).contains(cipher);
        assertThat(IkeCipher.of(cipher.number(), 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCutKeymatInOrder(final EspSuite suite) {
        final int octets = KeyMaterial.octets(suite);
        final byte[] keymat = new byte[3 + octets];
        for (int i = 0; i < keymat.length; i++) {
            keymat[i] = (byte) i;
        }
        final EspKeys keys = KeyMaterial.keys(suite, keymat, 3);
        keys.validate(suite);
        final byte[] joined = Arrays.copyOf(keys.key(), octets);
        System.arraycopy(keys.salt(), 0, joined, keys.key().length, keys.salt().length);
        System.arraycopy(keys.authKey(), 0, joined, keys.key().length + keys.salt().length, keys.authKey().length);
        assertThat(joined).isEqualTo(Arrays.copyOfRange(keymat, 3, keymat.length));
        assertThatThrownBy(() -> KeyMaterial.keys(suite, keymat, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
