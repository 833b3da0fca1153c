package org.qfpsim.datapath.crypto.libcrypto;

import java.util.EnumMap;
import java.util.Map;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;

/** One thread's scratch memory and transforms; nothing is ever pending. */
final class LibcryptoLane implements CryptoLane, AutoCloseable {
    private final LaneScratch scratch = new LaneScratch();
    private final Map<EspSuite, EspTransform> transforms = new EnumMap<>(EspSuite.class);

    LibcryptoLane(final int lane) {
        for (final EspSuite suite : Algorithms.supported()) {
            transforms.put(suite, suite.combined()
                ? new CombinedTransform(suite, lane, scratch)
                : new CbcHmacTransform(suite, lane, scratch));
        }
    }

    @Override
    public EspTransform transform(final EspSuite suite) {
        final EspTransform transform = transforms.get(suite);
        if (transform == null) {
            throw new IllegalArgumentException("libcrypto has no suite " + suite);
        }
        return transform;
    }

    @Override
    public void flush(final int[] statusByTag) {
        // open() always answers at once.
    }

    @Override
    public void close() {
        scratch.close();
    }
}
