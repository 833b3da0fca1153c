package org.qfpsim.controlplane.config.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as the configuration keeps it: type 8 of the platform, PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), 20,000 rounds, written
 * {@code $8$SALT$HASH} in base 64 of another alphabet.
 *
 * @param text as written.
 */
public record HashedSecret(String text) {
    private static final Pattern FORM = Pattern.compile("\\$8\\$[./0-9A-Za-z]{14}\\$[./0-9A-Za-z]{43}");
    private static final int ROUNDS = 20_000;
    private static final int BITS = 256;
    private static final int SALT = 14;
    private static final int PREFIX = 3;
    private static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Checks the form. */
    public HashedSecret {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a secret of type 8: $8$, 14 characters of salt, $, 43 characters");
        }
    }

    /**
     * Hashes a password. The salt follows from the password, so that every run of a configuration is the same; that is good enough for a
     * router that is simulated, and not for one that is not.
     *
     * @param password the password.
     * @return its hash.
     */
    public static HashedSecret of(final String password) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(("qfp-sim:" + password).getBytes(StandardCharsets.UTF_8));
            return hash(password, encode(digest).substring(0, SALT));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HashedSecret hash(final String password, final String salt) throws GeneralSecurityException {
        final PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt.getBytes(StandardCharsets.US_ASCII), ROUNDS, BITS);
        return new HashedSecret("$8$" + salt + "$"
            + encode(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded()));
    }

    private static String encode(final byte[] octets) {
        final StringBuilder text = new StringBuilder();
        Base64.getEncoder().withoutPadding().encodeToString(octets).chars().forEach(c -> text.append(ALPHABET.charAt(STANDARD.indexOf(c))));
        return text.toString();
    }

    /**
     * Checks a password.
     *
     * @param password as typed.
     * @return true if it is the one.
     */
    public boolean matches(final String password) {
        try {
            final String other = password.isEmpty() ? "" : hash(password, text.substring(PREFIX, PREFIX + SALT)).text;
            return MessageDigest.isEqual(other.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "<removed>";
    }
}
