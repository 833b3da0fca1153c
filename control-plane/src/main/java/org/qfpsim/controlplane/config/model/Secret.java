package org.qfpsim.controlplane.config.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** A key or password. Its text comes out only when it is asked for by name; {@link #toString} never shows it. */
public final class Secret {
    private final byte[] octets;
    private final boolean hex;

    private Secret(final byte[] octets, final boolean hex) {
        this.octets = octets;
        this.hex = hex;
    }

    /**
     * A key in characters.
     *
     * @param text the key.
     * @return the secret.
     */
    public static Secret of(final String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /**
     * A key in hexadecimal digits.
     *
     * @param digits an even number of them.
     * @return the secret.
     * @throws IllegalArgumentException if they are not; the message does not show them.
     */
    public static Secret ofHex(final String digits) {
        try {
            return new Secret(HexFormat.of().parseHex(digits), true);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("a key is not an even number of hexadecimal digits");
        }
    }

    /** The key itself: the characters in UTF-8, or what the digits say. */
    public byte[] octets() {
        return octets.clone();
    }

    /** The key as the configuration has it: characters, or upper-case digits. */
    public String reveal() {
        return hex ? HexFormat.of().formatHex(octets).toUpperCase(Locale.ROOT) : new String(octets, StandardCharsets.UTF_8);
    }

    /** Whether it was written in hexadecimal digits. */
    public boolean isHex() {
        return hex;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Secret that && hex == that.hex && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "<removed>";
    }
}
