package org.qfpsim.datapath.crypto;

/**
 * The keying material of one SA.
 *
 * @param key     the cipher key, {@link EspSuite#keyBytes()} octets.
 * @param salt    the salt, {@link EspSuite#saltBytes()} octets.
 * @param authKey the integrity key, {@link EspSuite#authKeyBytes()} octets.
 */
public record EspKeys(byte[] key, byte[] salt, byte[] authKey) {
    /**
     * Checks the lengths against a suite.
     *
     * @param suite the suite that the keys are for.
     * @throws IllegalArgumentException if a length is wrong; the message names the field and the lengths, never the key.
     */
    public void validate(final EspSuite suite) {
        check("key", key.length, suite.keyBytes(), suite);
        check("salt", salt.length, suite.saltBytes(), suite);
        check("authkey", authKey.length, suite.authKeyBytes(), suite);
    }

    private static void check(final String field, final int actual, final int expected, final EspSuite suite) {
        if (actual != expected) {
            throw new IllegalArgumentException(field + " has " + actual + " octets, " + suite + " needs " + expected);
        }
    }

    /** Never prints a key. */
    @Override
    public String toString() {
        return "EspKeys[hidden]";
    }
}
