package org.qfpsim.sim.replay;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.pipeline.CommitObserver;

/**
 * Several observers as one.
 *
 * @param all told in this order.
 */
record Observers(List<CommitObserver> all) implements CommitObserver {
    @Override
    public void committed(final UnsafeBuffer ring, final int slot, final int verdict) {
        all.forEach(observer -> observer.committed(ring, slot, verdict));
    }

    @Override
    public void held(final UnsafeBuffer ring, final int slot) {
        all.forEach(observer -> observer.held(ring, slot));
    }

    @Override
    public void released(final long arrival, final int verdict, final long completing) {
        all.forEach(observer -> observer.released(arrival, verdict, completing));
    }
}
