package org.qfpsim.datapath.pipeline;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Dispatcher, engine and gather on one slot: whoever sees the sequence sees the bytes. */
@JCStressTest
@Outcome(id = {"0, 0", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "nothing yet, or all bytes")
@Outcome(expect = Expect.FORBIDDEN, desc = "a slot was seen before its bytes")
@State
public class PpeRingStress {
    private static final int PATTERN = 0x5a5a_5a5a;
    private static final int VERDICT = 7;

    private final PpeRing ring = new PpeRing(1, 256);

    @Actor
    public void dispatcher() {
        final long sequence = ring.claim();
        for (int i = 0; i < 64; i += 4) {
            ring.memory().putInt(ring.slot(sequence) + 128 + i, PATTERN);
        }
        ring.publish(sequence);
    }

    private boolean whole() {
        boolean whole = true;
        for (int i = 0; i < 64; i += 4) {
            whole &= ring.memory().getInt(ring.slot(0) + 128 + i) == PATTERN;
        }
        return whole;
    }

    @Actor
    public void engine(final II_Result result) {
        if (ring.published() >= 0) {
            result.r1 = whole() ? 1 : -1;
            ring.memory().putInt(ring.slot(0), VERDICT);
            ring.worked().set(0);
        }
    }

    @Actor
    public void gather(final II_Result result) {
        if (ring.worked().get() >= 0) {
            result.r2 = whole() && ring.memory().getInt(ring.slot(0)) == VERDICT ? 1 : -1;
        }
    }
}
