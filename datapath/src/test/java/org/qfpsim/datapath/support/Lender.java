package org.qfpsim.datapath.support;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.pipeline.FrameVector;

/** A source that lends its frames, and overwrites them as soon as it has them back. */
final class Lender {
    private static final int BYTES = 1 << 21;
    private static final int LINK_TYPES = 4;

    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES));
    private final FrameVector[] vectors = new FrameVector[LINK_TYPES];
    private int used;

    Lender() {
        Arrays.setAll(vectors, linkType -> new FrameVector(memory, linkType, new int[1], new int[1], new int[1], new long[1], true));
    }

    /** Whether there is no room for one more of any length, before all that was lent is back. */
    boolean isFull(final int length) {
        return used + length > BYTES;
    }

    /** A frame to be lent. */
    FrameVector lend(final byte[] frame, final int linkType, final long nanos, final int wireLength) {
        final FrameVector vector = vectors[linkType];
        memory.putBytes(used, frame);
        vector.offsets()[0] = used;
        vector.lengths()[0] = frame.length;
        vector.wireLengths()[0] = wireLength;
        vector.nanos()[0] = nanos;
        used += frame.length;
        return vector;
    }

    /** All engines are through with what was lent. */
    void takeBack() {
        memory.setMemory(0, used, (byte) 0xff);
        used = 0;
    }
}
