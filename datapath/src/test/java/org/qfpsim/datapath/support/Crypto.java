package org.qfpsim.datapath.support;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;

/** The crypto libraries of this machine, those of all senders, and seeded keys. */
public final class Crypto {
    private static final CryptoBackends SENDERS = open(CryptoBackends.AUTO);
    private static final Map<EspSuite, EspTransform> TRANSFORMS = new EnumMap<>(EspSuite.class);

    private Crypto() {
    }

    /** Loads one library or all of them, for one router; the caller closes them. */
    public static CryptoBackends open(final String choice) {
        try {
            return CryptoBackends.open(choice);
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of all that work here, best first. */
    public static List<String> names() {
        return SENDERS.all().stream().map(CryptoBackend::id).toList();
    }

    /** Whether a library here has a suite. */
    public static boolean has(final String name, final EspSuite suite) {
        return SENDERS.all().stream().anyMatch(backend -> (name.equals(CryptoBackends.AUTO) || backend.id().equals(name))
            && backend.suites().contains(suite));
    }

    /** The library that senders use for a suite. */
    static CryptoBackend sender(final EspSuite suite) {
        return SENDERS.forSuite(suite);
    }

    /** The senders' transform, on the test's thread. */
    static EspTransform transform(final EspSuite suite) {
        return TRANSFORMS.computeIfAbsent(suite, key -> sender(key).newLane().transform(key));
    }

    /** Keys that depend on nothing but the seed. */
    public static EspKeys keys(final EspSuite suite, final long seed) {
        final Random random = new Random(seed);
        return new EspKeys(octets(random, suite.keyBytes()), octets(random, suite.saltBytes()), octets(random, suite.authKeyBytes()));
    }

    private static byte[] octets(final Random random, final int count) {
        final byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
