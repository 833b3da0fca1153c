package org.qfpsim.controlplane.ipsec;

/** Is told of every SA that comes and every pair that goes. */
public interface SaObserver {
    /** Does not care. */
    SaObserver NONE = new SaObserver() {
        @Override
        public void created(final SaPair pair, final boolean inbound) {
        }

        @Override
        public void deleted(final SaPair pair, final String reason) {
        }
    };

    /**
     * One SA of a pair is in the datapath.
     *
     * @param pair    the pair.
     * @param inbound which of the two.
     */
    void created(SaPair pair, boolean inbound);

    /**
     * A pair was taken away.
     *
     * @param pair   the pair, with its last counts.
     * @param reason in words.
     */
    void deleted(SaPair pair, String reason);
}
