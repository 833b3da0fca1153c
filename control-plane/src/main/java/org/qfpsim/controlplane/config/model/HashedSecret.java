package org.qfpsim.controlplane.config.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A password as the configuration keeps it, {@code $TYPE$SALT$HASH} in base 64 of another alphabet: type 8 of the platform is PBKDF2 with
 * HMAC-SHA-256 (RFC 8018 section 5.2) and 20,000 rounds, type 9 is scrypt (RFC 7914) with N = 16384, r = p = 1.
 *
 * @param text as written.
 */
public record HashedSecret(String text) {
    private static final Pattern FORM = Pattern.compile("\\$[89]\\$[./0-9A-Za-z]{14}\\$[./0-9A-Za-z]{43}");
    private static final char PBKDF2 = '8';
    private static final int ROUNDS = 20_000;
    private static final int SCRYPT_COST = 1 << 14;
    private static final int OCTETS = 32;
    private static final int SALT = 14;
    private static final int PREFIX = 3;
    private static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Checks the form. */
    public HashedSecret {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a secret of type 8 or 9: $8$ or $9$, 14 characters of salt, $, 43 characters");
        }
    }

    /** How it is hashed: {@code 8} or {@code 9}. */
    public char type() {
        return text.charAt(1);
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
            return hash(PBKDF2, password, encode(digest).substring(0, SALT));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HashedSecret hash(final char type, final String password, final String salt) throws GeneralSecurityException {
        final byte[] salted = salt.getBytes(StandardCharsets.US_ASCII);
        final byte[] hash = type == PBKDF2 ? Scrypt.pbkdf2(password, salted, ROUNDS, OCTETS)
            : Scrypt.derive(password, salted, SCRYPT_COST, OCTETS);
        return new HashedSecret("$" + type + "$" + salt + "$" + encode(hash));
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
            final String other = password.isEmpty() ? "" : hash(type(), password, text.substring(PREFIX, PREFIX + SALT)).text;
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
