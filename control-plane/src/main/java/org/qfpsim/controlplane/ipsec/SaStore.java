package org.qfpsim.controlplane.ipsec;

import java.util.List;
import org.qfpsim.controlplane.ike.ChildSa;

/** Where pairs of SAs are kept for the time after a restart. */
public interface SaStore {
    /**
     * A pair as it is kept.
     *
     * @param child            what was negotiated.
     * @param createdNanos     when it was installed, on the router's clock.
     * @param inboundSequence  highest sequence number that had come when this was written.
     * @param outboundSequence highest sequence number that had left when this was written.
     * @param outboundUsed     whether packets may leave through it.
     * @param restarts         how often the router has started since this was written; 0 when it is written.
     */
    record StoredSa(ChildSa child, long createdNanos, long inboundSequence, long outboundSequence, boolean outboundUsed,
                    long restarts) {
    }

    /** Keeps nothing: a router that forgets its SAs. */
    SaStore NONE = new SaStore() {
        @Override
        public void put(final StoredSa sa) {
        }

        @Override
        public void remove(final int inboundSpi) {
        }

        @Override
        public List<StoredSa> all() {
            return List.of();
        }
    };

    /**
     * Keeps a pair; replaces what was kept for the same inbound SPI.
     *
     * @param sa the pair.
     */
    void put(StoredSa sa);

    /**
     * Forgets a pair.
     *
     * @param inboundSpi our SPI.
     */
    void remove(int inboundSpi);

    /** What is kept, in any order. */
    List<StoredSa> all();
}
