package org.qfpsim.datapath.crypto.ipsecmb;

import java.util.EnumMap;
import java.util.Map;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;

/** One thread's manager, scratch memory and transforms. */
final class IpsecMbLane implements CryptoLane, AutoCloseable {
    private final IpsecMbLibrary library;
    private final long manager;
    private final LaneScratch scratch = new LaneScratch();
    private final PendingPackets pending;
    private final Map<EspSuite, EspTransform> transforms = new EnumMap<>(EspSuite.class);

    /**
     * Makes a lane.
     *
     * @param bursts whether jobs go in bursts or through the manager's ring.
     */
    IpsecMbLane(final IpsecMbLibrary library, final boolean bursts) throws CryptoUnavailableException {
        this.library = library;
        manager = library.newManager();
        final MultiBufferJobs jobs = bursts ? new BurstJobs(manager, library.jobBytes(), scratch) : new RingJobs(manager);
        pending = new PendingPackets(jobs, scratch);
        for (final EspSuite suite : EspSuite.values()) {
            transforms.put(suite, switch (suite.cipher()) {
                case AES_GCM -> new GcmTransform(suite, scratch);
                case CHACHA20_POLY1305 -> new ChaChaTransform(scratch);
                case AES_CBC, NULL -> new MultiBufferTransform(suite, jobs, pending, scratch);
            });
        }
    }

    @Override
    public EspTransform transform(final EspSuite suite) {
        final EspTransform transform = transforms.get(suite);
        if (transform == null) {
            throw new IllegalArgumentException("ipsec-mb has no suite " + suite);
        }
        return transform;
    }

    @Override
    public void flush(final int[] statusByTag) {
        pending.flush(statusByTag);
    }

    @Override
    public void close() {
        library.freeManager(manager);
        scratch.close();
    }
}
