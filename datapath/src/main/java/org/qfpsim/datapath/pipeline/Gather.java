package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import java.util.Arrays;
import org.agrona.concurrent.Agent;
import org.qfpsim.datapath.counters.CounterBlock;

/**
 * Follows the order of arrival over the rings: takes the next packet from the engine that got it, as soon as that engine is done with it,
 * lets the {@link Committer} act, and frees the slot.
 */
final class Gather implements Agent {
    private static final int LIMIT = 256;

    private final PpeRing[] rings;
    private final long[] next;
    private final long[] freed;
    private final long[] worked;
    private final ArrivalOrder order;
    private final Sequence arrivals;
    private final Sequence committed = new Sequence();
    private final Committer committer;
    private final CounterBlock[] counters;
    private long position;

    Gather(final PpeRing[] rings, final ArrivalOrder arrivalOrder, final Committer committer, final CounterBlock[] counters) {
        this.rings = rings;
        this.order = arrivalOrder;
        this.arrivals = arrivalOrder.arrivals();
        this.committer = committer;
        this.counters = counters;
        next = new long[rings.length];
        freed = new long[rings.length];
        worked = new long[rings.length];
        Arrays.fill(worked, -1);
    }

    @Override
    public int doWork() {
        final long end = Math.min(arrivals.get() + 1, position + LIMIT);
        final long start = position;
        while (position < end) {
            final int ppe = order.ppe(position);
            if (next[ppe] > worked[ppe]) {
                worked[ppe] = rings[ppe].worked().get();
                if (next[ppe] > worked[ppe]) {
                    break;
                }
            }
            run(ppe, end);
        }
        final int count = (int) (position - start);
        if (count != 0) {
            publish();
        }
        return count;
    }

    /** Commits packets in a row that one engine has worked on. */
    private void run(final int ppe, final long end) {
        final long most = Math.min(end - position, worked[ppe] - next[ppe] + 1);
        final int count = order.run(position, most, ppe);
        committer.commit(rings[ppe], next[ppe], count, ppe);
        next[ppe] += count;
        position += count;
    }

    private void publish() {
        for (int i = 0; i < rings.length; i++) {
            if (freed[i] != next[i]) {
                freed[i] = next[i];
                counters[i].publish();
                rings[i].gathered().set(next[i] - 1);
            }
        }
        committed.set(position - 1);
    }

    /**
     * Gives up on fragments that still wait.
     *
     * @param now the packets' clock.
     */
    void expire(final long now) {
        if (committer.reassembler().expire(now) != 0) {
            for (final CounterBlock block : counters) {
                block.publish();
            }
        }
    }

    /** Position of the last packet committed. */
    Sequence committed() {
        return committed;
    }

    @Override
    public String roleName() {
        return "gather";
    }
}
