package org.qfpsim.controlplane.config.edit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.datapath.crypto.EspSuite;

/** The transforms of a transform set, and which suite of ESP they name together. */
public final class Transforms {
    private static final String CHACHA = "qfp-sim-chacha20-poly1305";
    private static final Map<EspSuite.Auth, String> HASHES = new LinkedHashMap<>();

    static {
        HASHES.put(EspSuite.Auth.HMAC_SHA1_96, "esp-sha-hmac");
        HASHES.put(EspSuite.Auth.HMAC_SHA256_128, "esp-sha256-hmac");
        HASHES.put(EspSuite.Auth.HMAC_SHA384_192, "esp-sha384-hmac");
        HASHES.put(EspSuite.Auth.HMAC_SHA512_256, "esp-sha512-hmac");
    }

    private Transforms() {
    }

    /** Adds the transforms behind the name of a set. */
    static void register(final Branch at, final BiConsumer<Input, EspSuite> set) {
        final Branch aes = at.on("esp-aes", "ESP transform using AES cipher");
        final Branch gcm = at.on("esp-gcm", "ESP transform using GCM cipher");
        cipher(aes, EspSuite.Cipher.AES_CBC, 16, set);
        end(gcm, EspSuite.Cipher.AES_GCM, 16, EspSuite.Auth.NONE, set);
        for (final int bits : new int[] {128, 192, 256}) {
            cipher(aes.on(String.valueOf(bits), bits + " bit keys."), EspSuite.Cipher.AES_CBC, bits / Byte.SIZE, set);
            end(gcm.on(String.valueOf(bits), bits + " bit keys."), EspSuite.Cipher.AES_GCM, bits / Byte.SIZE, EspSuite.Auth.NONE, set);
        }
        // The platform has no such transform; a peer that is not one of its kind may want it, and IKEv2 can name it (RFC 7634).
        end(at.on(CHACHA, "ESP transform of the simulator: ChaCha20-Poly1305, for IKEv2"), EspSuite.Cipher.CHACHA20_POLY1305, 32,
            EspSuite.Auth.NONE, set);
        final Branch none = at.on("esp-null", "ESP transform w/o cipher");
        HASHES.forEach((auth, word) -> {
            end(none.on(word, "ESP transform using HMAC auth"), EspSuite.Cipher.NULL, 0, auth, set);
            // The order of the two does not matter.
            final Branch first = at.on(word, "ESP transform using HMAC auth");
            end(first.on("esp-null", "ESP transform w/o cipher"), EspSuite.Cipher.NULL, 0, auth, set);
            final Branch second = first.on("esp-aes", "ESP transform using AES cipher");
            end(second, EspSuite.Cipher.AES_CBC, 16, auth, set);
            for (final int bits : new int[] {128, 192, 256}) {
                end(second.on(String.valueOf(bits), bits + " bit keys."), EspSuite.Cipher.AES_CBC, bits / Byte.SIZE, auth, set);
            }
        });
    }

    private static void cipher(final Branch at, final EspSuite.Cipher cipher, final int keyBytes, final BiConsumer<Input, EspSuite> set) {
        end(at, cipher, keyBytes, EspSuite.Auth.NONE, set);
        HASHES.forEach((auth, word) -> end(at.on(word, "ESP transform using HMAC auth"), cipher, keyBytes, auth, set));
    }

    private static void end(final Branch at, final EspSuite.Cipher cipher, final int keyBytes, final EspSuite.Auth auth,
                            final BiConsumer<Input, EspSuite> set) {
        final EspSuite suite = suite(cipher, keyBytes, auth);
        if (suite != null) {
            at.does(input -> set.accept(input, suite));
        }
    }

    private static @Nullable EspSuite suite(final EspSuite.Cipher cipher, final int keyBytes, final EspSuite.Auth auth) {
        final int icv = cipher == EspSuite.Cipher.AES_GCM ? 16 : -1;
        return Arrays.stream(EspSuite.values()).filter(each -> each.cipher() == cipher && each.keyBytes() == keyBytes
            && each.auth() == auth && (icv < 0 || each.icvBytes() == icv)).findFirst().orElse(null);
    }

    /**
     * The transforms of a suite as the configuration has them.
     *
     * @param suite one that a transform set can name.
     * @return such as {@code esp-aes 256 esp-sha-hmac}.
     */
    public static String words(final EspSuite suite) {
        final String bits = suite.keyBytes() > 16 ? " " + suite.keyBytes() * Byte.SIZE : "";
        final String cipher = switch (suite.cipher()) {
            case AES_GCM -> "esp-gcm" + bits;
            case AES_CBC -> "esp-aes" + bits;
            case NULL -> "esp-null";
            case CHACHA20_POLY1305 -> CHACHA;
        };
        final String hash = HASHES.get(suite.auth());
        return cipher + (hash == null ? "" : " " + hash);
    }
}
