package org.qfpsim.sim.device;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.sim.InputException;

/**
 * A suite with its keys, chosen by algorithm names and key lengths.
 *
 * @param suite the algorithms.
 * @param keys  of the suite's lengths.
 */
record Keying(EspSuite suite, EspKeys keys) {
    /** Any ICV length that the cipher allows: the longest is taken. */
    static final int ANY_ICV = -1;

    /** What a part of the keying material is called, for errors. */
    enum Part { KEY, SALT, ICV, AUTH, AUTH_KEY }

    /** Makes the error for a part. */
    @FunctionalInterface
    interface Errors {
        InputException at(Part part, String problem);
    }

    /**
     * Finds the suite.
     *
     * @param cipher   the encryption algorithm.
     * @param auth     the integrity algorithm.
     * @param icvBytes octets of the ICV, or {@link #ANY_ICV}.
     * @param keys     as given.
     * @param errors   makes the error.
     * @return suite and keys, which fit each other.
     */
    static Keying of(final EspSuite.Cipher cipher, final EspSuite.Auth auth, final int icvBytes, final EspKeys keys, final Errors errors) {
        final List<EspSuite> algorithms = Stream.of(EspSuite.values()).filter(s -> s.cipher() == cipher && s.auth() == auth).toList();
        if (algorithms.isEmpty()) {
            throw errors.at(Part.AUTH, auth == EspSuite.Auth.NONE
                ? cipher.id() + " needs an integrity algorithm beside it"
                : cipher.id() + " cannot be combined with " + auth.id() + "; leave the integrity algorithm out");
        }
        final List<EspSuite> sized = only(algorithms, EspSuite::keyBytes, n -> n == keys.key().length, errors, Part.KEY,
            octets(keys.key().length) + ", " + cipher.id() + " takes ");
        final List<EspSuite> suites = only(sized, EspSuite::icvBytes, n -> icvBytes == ANY_ICV || n == icvBytes, errors, Part.ICV,
            icvBytes + " octets do not go with this algorithm, it has ");
        final EspSuite suite = suites.stream().max(java.util.Comparator.comparingInt(EspSuite::icvBytes)).orElseThrow();
        length(suite, suite.saltBytes(), keys.salt().length, errors, Part.SALT);
        length(suite, suite.authKeyBytes(), keys.authKey().length, errors, Part.AUTH_KEY);
        return new Keying(suite, keys);
    }

    private static List<EspSuite> only(final List<EspSuite> suites, final ToIntFunction<EspSuite> size, final IntPredicate wanted,
                                       final Errors errors, final Part part, final String problem) {
        final List<EspSuite> matching = suites.stream().filter(s -> wanted.test(size.applyAsInt(s))).toList();
        if (matching.isEmpty()) {
            throw errors.at(part, problem + Shown.list(suites.stream().mapToInt(size).distinct().sorted().boxed().toList()));
        }
        return matching;
    }

    private static void length(final EspSuite suite, final int expected, final int actual, final Errors errors, final Part part) {
        if (actual != expected) {
            throw errors.at(part, octets(actual) + ", " + suite + " takes " + expected);
        }
    }

    private static String octets(final int count) {
        return "has " + count + (count == 1 ? " octet" : " octets");
    }

    /** Never prints a key. */
    @Override
    public String toString() {
        return "Keying[" + suite + "]";
    }
}
