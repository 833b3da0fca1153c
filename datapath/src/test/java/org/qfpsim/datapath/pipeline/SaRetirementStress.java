package org.qfpsim.datapath.pipeline;

import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.qfpsim.datapath.sa.SaTable;

/**
 * The epochs of a retired SA: a packet that was published before the SA was taken out may find it and use it until gather has committed
 * that packet; a packet that is published afterwards does not find it. The record is a plain array here, and freeing it overwrites it.
 */
@JCStressTest
@Outcome(id = {"0, 0", "1, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "0: not come to it; 1: as it must be")
@Outcome(expect = Expect.FORBIDDEN, desc = "a freed record was used, or an SA was found that had been taken out")
@State
public class SaRetirementStress {
    private static final long KEY = SaTable.key(5, 0);
    private static final long RECORD = 64;
    private static final int ALIVE = 1;
    private static final int FREED = 2;

    private final SaTable table = new SaTable();
    private final Sequence published = new Sequence();
    private final Sequence worked = new Sequence();
    private int record = ALIVE;

    /** Packet 0 is in the ring when the SA is taken out in front of packet 1. */
    public SaRetirementStress() {
        table.put(KEY, RECORD);
        published.set(0);
    }

    /** Takes the SA out in front of packet 1, and frees it if gather has passed packet 0, as the control thread would. */
    @Actor
    public void dispatcher() {
        table.put(KEY, 0);
        published.set(1);
        if (worked.get() >= 0) {
            record = FREED;
        }
    }

    @Actor
    public void engine(final II_Result result) {
        final long last = published.get();
        if (table.find(KEY) == RECORD) {
            result.r1 = record == ALIVE ? 1 : -1;
        }
        worked.set(0);
        if (last >= 1) {
            result.r2 = table.find(KEY) == 0 ? 1 : -1;
        }
    }
}
