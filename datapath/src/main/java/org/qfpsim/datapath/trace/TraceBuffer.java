package org.qfpsim.datapath.trace;

import java.lang.invoke.VarHandle;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records of traced packets, off heap and all of one size. Gather writes; the control thread reads at any time: a record that is being
 * written says so by its tag.
 *
 * <pre>
 *    0 tag (8): number + 1, or 0     8 number among the packets that were meant (8)
 *   16 time of arrival (8)          24 nanoseconds on the way (8)
 *   32 input interface (4)  36 inject cause (4)  40 output interface (4)  44 verdict (4)
 *   48 steps (4)  52 steps without room (4)
 *   56 octets of the input copied (4)  60 in all (4)   64 of the output copied (4)  68 in all (4)
 *   72 what the input's copy begins with (4)  76 the output's (4)    {@code TraceStage} has the numbers
 *  128 steps, then the two copies
 * </pre>
 */
public final class TraceBuffer {
    static final int HEADER = 128;
    static final int TAG = 0;
    static final int MEANT = 8;
    static final int START = 16;
    static final int LAPSED = 24;
    static final int INPUT = 32;
    static final int INJECT = 36;
    static final int OUTPUT = 40;
    static final int VERDICT = 44;
    static final int STEPS = 48;
    static final int LOST_STEPS = 52;
    static final int IN_COPIED = 56;
    static final int IN_LENGTH = 60;
    static final int OUT_COPIED = 64;
    static final int OUT_LENGTH = 68;
    static final int IN_FORM = 72;
    static final int OUT_FORM = 76;

    private final TraceSpec spec;
    private final Conditions conditions;
    private final TraceStatistics statistics = new TraceStatistics();
    private final UnsafeBuffer buffer;
    private final int recordBytes;
    private final TraceStage stage;
    private final TraceStage nestedStage;

    /**
     * Allocates an empty buffer.
     *
     * @param spec what goes into it.
     */
    public TraceBuffer(final TraceSpec spec) {
        this.spec = spec;
        conditions = new Conditions(spec.conditions());
        recordBytes = spec.recordBytes();
        stage = new TraceStage(spec);
        nestedStage = new TraceStage(spec);
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(Math.multiplyExact(spec.packets(), recordBytes), 64));
    }

    /** What goes into it. */
    public TraceSpec spec() {
        return spec;
    }

    /** What was counted of all packets that were meant. */
    public TraceStatistics statistics() {
        return statistics;
    }

    Conditions conditions() {
        return conditions;
    }

    /** Where gather puts a record together; of two packets at a time one is nested in the other. */
    TraceStage stage(final boolean nested) {
        return nested ? nestedStage : stage;
    }

    /** Whether packets with such an end are recorded. */
    boolean wants(final TraceSpec.Only kind, final int code) {
        return spec.only() == TraceSpec.Only.ALL
            || spec.only() == kind && (spec.code() == TraceSpec.ANY_CODE || spec.code() == code);
    }

    /** Whether one more packet finds room. Gather. */
    boolean hasRoom() {
        return spec.circular() || statistics.traced() < spec.packets();
    }

    /** Adds a record, over the oldest if the buffer is circular. Gather; there is room. */
    void add(final UnsafeBuffer stage) {
        final long number = statistics.traced();
        final int at = at(number);
        buffer.putLongRelease(at + TAG, 0);
        VarHandle.storeStoreFence();
        final int steps = HEADER + stage.getInt(STEPS) * TraceSpec.STEP_BYTES;
        buffer.putBytes(at + MEANT, stage, MEANT, steps - MEANT);
        final int copies = HEADER + spec.dataBytes();
        buffer.putBytes(at + copies, stage, copies, stage.getInt(IN_COPIED));
        buffer.putBytes(at + copies + spec.copyBytes(), stage, copies + spec.copyBytes(), stage.getInt(OUT_COPIED));
        buffer.putLongRelease(at + TAG, number + 1);
        statistics.countTraced();
    }

    private int at(final long number) {
        return (int) (number % spec.packets()) * recordBytes;
    }

    /**
     * Reads a record; any thread.
     *
     * @param number from 0, in the order of arrival.
     * @return a copy, or null if there is none of that number, or no longer.
     */
    public @Nullable TraceRecord read(final long number) {
        if (number < 0 || number >= statistics.traced()) {
            return null;
        }
        final int at = at(number);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[recordBytes]);
        if (buffer.getLongVolatile(at + TAG) != number + 1) {
            return null;
        }
        copy.putBytes(0, buffer, at, recordBytes);
        VarHandle.loadLoadFence();
        return buffer.getLongVolatile(at + TAG) == number + 1 ? new TraceRecord(copy, spec) : null;
    }

    /** Number of the oldest record that is kept. */
    public long oldest() {
        return Math.max(0, statistics.traced() - spec.packets());
    }

    /** Number behind the newest record. */
    public long end() {
        return statistics.traced();
    }
}
