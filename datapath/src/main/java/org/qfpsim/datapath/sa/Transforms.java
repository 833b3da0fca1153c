package org.qfpsim.datapath.sa;

import java.util.List;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;

/**
 * The transforms of one thread, by the number that an SA carries: so that no packet asks which library or algorithm its SA uses.
 * A number is the backend's place in the list times {@link #STRIDE} plus the ordinal of the suite.
 */
public final class Transforms {
    /** Room for suites per backend. */
    public static final int STRIDE = 32;

    private final CryptoLane[] lanes;
    private final EspTransform[] transforms;

    /**
     * Makes one lane of every backend.
     *
     * @param backends in the order that SA transform numbers were computed with.
     */
    public Transforms(final List<CryptoBackend> backends) {
        lanes = new CryptoLane[backends.size()];
        transforms = new EspTransform[backends.size() * STRIDE];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = backends.get(i).newLane();
            for (final EspSuite suite : backends.get(i).suites()) {
                transforms[number(i, suite)] = lanes[i].transform(suite);
            }
        }
    }

    /**
     * The number of a transform.
     *
     * @param backend place of the backend in the list.
     * @param suite   one of its suites.
     * @return the number for {@link #get}.
     */
    public static int number(final int backend, final EspSuite suite) {
        return backend * STRIDE + suite.ordinal();
    }

    /**
     * The transform of a number.
     *
     * @param number from {@link InboundSa#transform}.
     * @return this thread's transform.
     */
    public EspTransform get(final int number) {
        return transforms[number];
    }

    /**
     * Completes whatever is pending on any lane.
     *
     * @param statusByTag see {@link CryptoLane#flush}.
     */
    public void flush(final int[] statusByTag) {
        for (final CryptoLane lane : lanes) {
            lane.flush(statusByTag);
        }
    }
}
