package org.qfpsim.datapath.pipeline;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** One slot on its way from hand to hand: whoever sees the sequence sees the bytes. Two actors each, so that two processors suffice. */
public final class PpeRingStress {
    private static final int PATTERN = 0x5a5a_5a5a;
    private static final int VERDICT = 7;

    private PpeRingStress() {
    }

    private static void fill(final PpeRing ring) {
        final long sequence = ring.claim();
        for (int i = 0; i < 64; i += 4) {
            ring.memory().putInt(ring.slot(sequence) + 128 + i, PATTERN);
        }
        ring.publish(sequence);
    }

    private static boolean whole(final PpeRing ring) {
        boolean whole = true;
        for (int i = 0; i < 64; i += 4) {
            whole &= ring.memory().getInt(ring.slot(0) + 128 + i) == PATTERN;
        }
        return whole;
    }

    /** Dispatcher and engine. */
    @JCStressTest
    @Outcome(id = {"0", "1"}, expect = Expect.ACCEPTABLE, desc = "nothing yet, or all bytes")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a slot was seen before its bytes")
    @State
    public static class ToEngine {
        private final PpeRing ring = new PpeRing(1, 256);

        @Actor
        public void dispatcher() {
            fill(ring);
        }

        @Actor
        public void engine(final I_Result result) {
            if (ring.published() >= 0) {
                result.r1 = whole(ring) ? 1 : -1;
            }
        }
    }

    /** Engine and gather. */
    @JCStressTest
    @Outcome(id = {"0", "1"}, expect = Expect.ACCEPTABLE, desc = "nothing yet, or all bytes and the verdict")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a slot was seen before its verdict")
    @State
    public static class ToGather {
        private final PpeRing ring = new PpeRing(1, 256);

        @Actor
        public void engine() {
            fill(ring);
            ring.memory().putInt(ring.slot(0), VERDICT);
            ring.worked().set(0);
        }

        @Actor
        public void gather(final I_Result result) {
            if (ring.worked().get() >= 0) {
                result.r1 = whole(ring) && ring.memory().getInt(ring.slot(0)) == VERDICT ? 1 : -1;
            }
        }
    }

    /** Gather frees the slot, and the dispatcher writes the next packet into it. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "gather saw its own packet")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the slot was written while gather was reading it")
    @State
    public static class Reuse {
        private final PpeRing ring = new PpeRing(1, 256);

        /** The first packet is in the slot. */
        public Reuse() {
            fill(ring);
        }

        @Actor
        public void gather(final I_Result result) {
            result.r1 = whole(ring) ? 1 : -1;
            ring.gathered().set(0);
        }

        @Actor
        public void dispatcher() {
            if (ring.hasRoom()) {
                ring.memory().buffer().setMemory(ring.slot(ring.claim()) + 128, 64, (byte) 0);
            }
        }
    }
}
