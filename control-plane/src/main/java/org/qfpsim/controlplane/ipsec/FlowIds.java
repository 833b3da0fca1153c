package org.qfpsim.controlplane.ipsec;

import java.util.BitSet;

/** The numbers of a router's flows: small, dense, and never two flows with one number. */
public final class FlowIds {
    private final BitSet taken = new BitSet();

    /** Takes the smallest number that is free. */
    public int take() {
        final int id = taken.nextClearBit(0);
        taken.set(id);
        return id;
    }

    /**
     * Gives a number back.
     *
     * @param id from {@link #take}.
     */
    public void release(final int id) {
        taken.clear(id);
    }
}
