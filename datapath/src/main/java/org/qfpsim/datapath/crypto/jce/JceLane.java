package org.qfpsim.datapath.crypto.jce;

import java.util.EnumMap;
import java.util.Map;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;

/** One thread's arrays and transforms; nothing is ever pending. */
final class JceLane implements CryptoLane {
    private final Map<EspSuite, EspTransform> transforms = new EnumMap<>(EspSuite.class);

    JceLane(final JceBackend backend, final int lane) {
        final JceScratch scratch = new JceScratch();
        for (final EspSuite suite : backend.suites()) {
            transforms.put(suite, new JceTransform(suite, backend, lane, scratch));
        }
    }

    @Override
    public EspTransform transform(final EspSuite suite) {
        final EspTransform transform = transforms.get(suite);
        if (transform == null) {
            throw new IllegalArgumentException("jce has no suite " + suite);
        }
        return transform;
    }

    @Override
    public void flush(final int[] statusByTag) {
        // open() always answers at once.
    }
}
