package org.qfpsim.perf.selftest;

import java.lang.invoke.VarHandle;

/**
 * The work that a test build does in addition. Nothing of the program calls it; {@link Plant} makes a copy of a class that does.
 */
public final class Burn {
    /** Steps for each packet, in 256ths. */
    private static int parts = Integer.getInteger("qfp.burn", 0);
    private static long state = 1;

    private Burn() {
    }

    /**
     * Sets how much.
     *
     * @param value steps for each packet in 256ths; a step is a multiplication that waits for the one before.
     */
    static void set(final int value) {
        parts = value;
    }

    /**
     * The work of a batch.
     *
     * @param packets of the batch.
     */
    public static void batch(final int packets) {
        final int steps = packets * parts >> 8;
        long x = state;
        for (int i = 0; i < steps; i++) {
            // Not x * A + B: the compiler makes one multiplication of sixteen of those.
            x = (x ^ x >>> 29) * 0x5851_F42D_4C95_7F2DL;
        }
        state = x;
        if (steps != 0) {
            // Or the processor begins with the packets while it still burns, and nothing is slower.
            VarHandle.fullFence();
        }
    }
}
