package org.qfpsim.datapath.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.Transforms;

/** Makes outbound SAs that gather can seal with, and frees their keys. Control thread. */
final class OutboundKeys implements AutoCloseable {
    private final List<CryptoBackend> backends;
    private final Transforms gather;
    private final List<Made> open = new ArrayList<>();

    /** An SA with what frees its keys. */
    record Made(OutboundSa sa, Runnable release) {
    }

    OutboundKeys(final List<CryptoBackend> backends, final Transforms gather) {
        this.backends = backends;
        this.gather = gather;
    }

    /**
     * Makes an SA.
     *
     * @param spec the SA.
     * @return it, not published yet.
     * @throws IllegalArgumentException if no crypto library has the suite.
     */
    Made make(final SaSpec spec) {
        for (int i = 0; i < backends.size(); i++) {
            final CryptoBackend backend = backends.get(i);
            if (backend.suites().contains(spec.suite())) {
                final long key = backend.install(spec.suite(), spec.keys());
                final OutboundSa sa = new OutboundSa(spec, gather.get(Transforms.number(i, spec.suite())), key);
                final Made made = new Made(sa, () -> backend.release(spec.suite(), key));
                open.add(made);
                return made;
            }
        }
        throw new IllegalArgumentException("no crypto library here has " + spec.suite());
    }

    /** Frees the keys of an SA that gather has seen the last of. */
    void free(final Made made) {
        open.remove(made);
        made.release.run();
    }

    @Override
    public void close() {
        open.forEach(made -> made.release.run());
        open.clear();
    }
}
