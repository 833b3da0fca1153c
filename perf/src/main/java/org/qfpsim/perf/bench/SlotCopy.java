package org.qfpsim.perf.bench;

import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The copy of one frame from a capture into the next off-heap ring slot: the floor under every packet's cost. One core, one thread.
 *
 * <pre>
 *   frame (off heap, warm) ── copy ──&gt; slot i, slot i+1, ... (SLOTS x SLOT_BYTES: larger than most second-level caches)
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SlotCopy {
    private static final int SLOTS = 1024;
    private static final int SLOT_BYTES = 10_240;

    /** Octets of the frame. */
    @Param({"64", "512", "1400", "9000"})
    public int bytes;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer ring = new UnsafeBuffer(0, 0);
    private int next;

    /** Fills the frame with a pattern and touches every page of the ring. */
    @Setup
    public void fill() {
        frame.wrap(BufferUtil.allocateDirectAligned(bytes, 64));
        ring.wrap(BufferUtil.allocateDirectAligned(SLOTS * SLOT_BYTES, 4096));
        ring.setMemory(0, ring.capacity(), (byte) 0);
        for (int i = 0; i < bytes; i++) {
            frame.putByte(i, (byte) (i * 31 + 7));
        }
    }

    /**
     * Copies one frame.
     *
     * @return the slot's offset, so that nothing is optimised away.
     */
    @Benchmark
    public int copy() {
        final int offset = next * SLOT_BYTES;
        ring.putBytes(offset, frame, 0, bytes);
        next = next + 1 & SLOTS - 1;
        return offset;
    }

    /** The last slot written holds the frame. */
    @TearDown
    public void check() {
        final int last = (next - 1 & SLOTS - 1) * SLOT_BYTES;
        for (int i = 0; i < bytes; i++) {
            if (ring.getByte(last + i) != frame.getByte(i)) {
                throw new IllegalStateException("octet " + i + " of the slot is not that of the frame");
            }
        }
    }
}
