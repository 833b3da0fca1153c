package org.qfpsim.controlplane.router;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.ipsec.SaStore;

/** A disk that is only a map: what is in it after a crash is what was there before. */
final class MemoryDisk implements SaStore {
    private final Map<Integer, StoredSa> kept = new LinkedHashMap<>();

    /** Everything that is kept is one start older. */
    void restart() {
        kept.replaceAll((spi, sa) -> new StoredSa(sa.child(), sa.createdNanos(), sa.inboundSequence(), sa.outboundSequence(),
            sa.outboundUsed(), sa.restarts() + 1));
    }

    @Override
    public void put(final StoredSa sa) {
        kept.put(sa.child().inboundSpi(), sa);
    }

    @Override
    public void remove(final int inboundSpi) {
        kept.remove(inboundSpi);
    }

    @Override
    public List<StoredSa> all() {
        return List.copyOf(kept.values());
    }
}
