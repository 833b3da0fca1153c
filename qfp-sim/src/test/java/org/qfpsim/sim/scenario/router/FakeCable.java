package org.qfpsim.sim.scenario.router;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.sim.net.Cable;

/** A cable whose far end is a test: blocks of frames that come, and a list of those that went. */
final class FakeCable implements Cable {
    private static final int ROOM = 2048;

    final List<byte[]> sent = new ArrayList<>();
    final Deque<List<byte[]>> blocks = new ArrayDeque<>();
    /** How many more it takes. */
    int room = Integer.MAX_VALUE;
    int flushes;
    boolean waiting;
    long receiveDrops;
    long sendDrops;

    void bring(final int count, final byte[] frame) {
        final byte[][] block = new byte[count][];
        Arrays.fill(block, frame);
        blocks.add(List.of(block));
    }

    static FrameVector vector(final List<byte[]> block, final long nanos) {
        final int count = block.size();
        final FrameVector vector = new FrameVector(new UnsafeBuffer(ByteBuffer.allocateDirect(count * ROOM)), LinkLayer.ETHERNET,
            new int[count], new int[count], new int[count], new long[count], true);
        for (int i = 0; i < count; i++) {
            vector.offsets()[i] = i * ROOM;
            vector.lengths()[i] = block.get(i).length;
            vector.wireLengths()[i] = block.get(i).length;
            vector.nanos()[i] = nanos;
            ((UnsafeBuffer) vector.source()).putBytes(i * ROOM, block.get(i));
        }
        return vector;
    }

    @Override
    public int receive(final long nanos, final Taker taker) {
        final List<byte[]> block = blocks.poll();
        if (block == null) {
            return 0;
        }
        final FrameVector vector = vector(block, nanos);
        taker.take(vector, block.size());
        // What was lent is taken back.
        ((UnsafeBuffer) vector.source()).setMemory(0, vector.source().capacity(), (byte) -1);
        return block.size();
    }

    @Override
    public void wakeOnFrame() {
        waiting = true;
    }

    @Override
    public boolean send(final DirectBuffer frame, final int offset, final int length) {
        if (room == 0) {
            return false;
        }
        room--;
        final byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        sent.add(copy);
        return true;
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public long receiveDrops() {
        return receiveDrops;
    }

    @Override
    public long sendDrops() {
        return sendDrops;
    }
}
