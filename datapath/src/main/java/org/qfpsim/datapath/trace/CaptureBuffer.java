package org.qfpsim.datapath.trace;

import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyTable;

/**
 * Packets of one capture, off heap: a log that gather writes and the control thread reads at any time.
 *
 * <pre>
 *    0 octets of the entry (4), or -1: the next one is at the beginning     4 whether it left (4)
 *    8 interface (4)   12 octets in all (4)   16 time (8)   24 octets kept (4)   32 octets, padded to 8
 * </pre>
 *
 * <p>Positions grow for ever; a reader that finds the oldest one beyond its own after it has read was overtaken.
 */
public final class CaptureBuffer {
    /** Takes packets. */
    public static final int RUNNING = 0;
    /** Has as many packets as it was to take. */
    public static final int ENOUGH = 1;
    /** Its time is over. */
    public static final int LATE = 2;
    /** Has no more room. */
    public static final int FULL = 3;

    private static final int LEFT = 4;
    private static final int INTERFACE = 8;
    private static final int LENGTH = 12;
    private static final int TIME = 16;
    private static final int KEPT = 24;
    private static final int HEADER = 32;
    private static final int WRAP = -1;

    private static final int OLDEST = 0;
    private static final int END = 8;
    private static final int TAKEN = 16;
    private static final int LOST = 24;
    private static final int STATE = 32;
    private static final int OVERWRITTEN = 40;
    private static final int STATE_BYTES = 64;
    private static final long SECOND = 1_000_000_000L;

    private final CaptureSpec spec;
    private final int[] ports;
    private final boolean[] in;
    private final boolean[] out;
    private final PolicyTable filter;
    private final boolean[] permits;
    private final UnsafeBuffer state = new UnsafeBuffer(BufferUtil.allocateDirectAligned(STATE_BYTES, STATE_BYTES));
    private final UnsafeBuffer log;
    private final int capacity;
    private long second = Long.MIN_VALUE;
    private int inSecond;

    /**
     * Allocates an empty buffer.
     *
     * @param spec what goes into it.
     */
    public CaptureBuffer(final CaptureSpec spec) {
        this.spec = spec;
        ports = spec.points().stream().mapToInt(CaptureSpec.Point::interfaceIndex).toArray();
        in = new boolean[ports.length];
        out = new boolean[ports.length];
        for (int i = 0; i < ports.length; i++) {
            in[i] = spec.points().get(i).direction().in();
            out[i] = spec.points().get(i).direction().out();
        }
        filter = new PolicyTable(spec.filter());
        permits = new boolean[spec.filter().size()];
        for (int i = 0; i < permits.length; i++) {
            permits[i] = spec.filter().get(i).action() == PolicyRule.Action.BYPASS;
        }
        capacity = spec.bufferBytes() / Long.BYTES * Long.BYTES;
        log = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity, STATE_BYTES));
    }

    /** What goes into it. */
    public CaptureSpec spec() {
        return spec;
    }

    /** Takes a packet, if it is one of those that are wanted. Gather. */
    void offer(final boolean leaving, final int port, final FrameView view, final long time, final DirectBuffer buffer, final int at,
               final int available, final int length) {
        if (state.getLong(STATE) == RUNNING && wants(leaving, port, view)) {
            if (spec.nanos() != CaptureSpec.NO_LIMIT && time - spec.start() > spec.nanos()) {
                state.putLongRelease(STATE, LATE);
            } else if (tooMany(time)) {
                count(LOST);
            } else {
                take(leaving, port, time, buffer, at, Math.min(available, spec.packetBytes()), length);
            }
        }
    }

    private boolean wants(final boolean leaving, final int port, final FrameView view) {
        for (int i = 0; i < ports.length; i++) {
            if (ports[i] == port && (leaving ? out[i] : in[i])) {
                return spec.all() || permitted(view);
            }
        }
        return false;
    }

    private boolean permitted(final FrameView view) {
        final int rule = view.version == 0 ? -1
            : filter.match(view.version, view.srcHigh, view.srcLow, view.dstHigh, view.dstLow, view.protocol, view.ports);
        return rule >= 0 && permits[rule];
    }

    private boolean tooMany(final long time) {
        if (spec.perSecond() == CaptureSpec.NO_LIMIT) {
            return false;
        }
        final long now = Math.floorDiv(time, SECOND);
        if (now != second) {
            second = now;
            inSecond = 0;
        }
        return ++inSecond > spec.perSecond();
    }

    private void take(final boolean leaving, final int port, final long time, final DirectBuffer buffer, final int from, final int kept,
                      final int length) {
        final int bytes = HEADER + BitUtil.align(kept, Long.BYTES);
        long end = state.getLong(END);
        final int left = capacity - (int) (end % capacity);
        final long next = end + (bytes > left ? left : 0) + bytes;
        if (bytes > capacity || !makeRoom(next)) {
            count(LOST);
            state.putLongRelease(STATE, FULL);
            return;
        }
        if (bytes > left) {
            log.putInt((int) (end % capacity), WRAP);
            end += left;
        }
        final int at = (int) (end % capacity);
        log.putInt(at, bytes);
        log.putInt(at + LEFT, leaving ? 1 : 0);
        log.putInt(at + INTERFACE, port);
        log.putInt(at + LENGTH, length);
        log.putLong(at + TIME, time);
        log.putInt(at + KEPT, kept);
        log.putBytes(at + HEADER, buffer, from, kept);
        state.putLongRelease(END, next);
        count(TAKEN);
        if (spec.packets() != CaptureSpec.NO_LIMIT && taken() >= spec.packets()) {
            state.putLongRelease(STATE, ENOUGH);
        }
    }

    /** Whether everything from the oldest entry to a position fits; entries give way if that is what they are to do. */
    private boolean makeRoom(final long next) {
        long oldest = state.getLong(OLDEST);
        while (next - oldest > capacity) {
            if (!spec.circular()) {
                return false;
            }
            final int bytes = log.getInt((int) (oldest % capacity));
            if (bytes == WRAP) {
                oldest += capacity - oldest % capacity;
            } else {
                oldest += bytes;
                count(OVERWRITTEN);
            }
            state.putLongRelease(OLDEST, oldest);
        }
        VarHandle.storeStoreFence();
        return true;
    }

    private void count(final int field) {
        state.putLongRelease(field, state.getLong(field) + 1);
    }

    /**
     * A packet that was captured.
     *
     * @param next           position of the next one, for {@link #read}.
     * @param leaving        whether it left, or came in.
     * @param interfaceIndex by which interface.
     * @param nanos          time, on the packets' clock.
     * @param octets         from the Ethernet header on, as many as were kept.
     * @param length         octets that it had.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Captured(long next, boolean leaving, int interfaceIndex, long nanos, byte[] octets, int length) {
    }

    /**
     * Reads a packet; any thread.
     *
     * @param position 0 for the first, then {@link Captured#next}.
     * @return the packet there, or the oldest one if that is gone; null at the end.
     */
    public @Nullable Captured read(final long position) {
        while (true) {
            long at = Math.max(position, state.getLongVolatile(OLDEST));
            if (at >= state.getLongVolatile(END)) {
                return null;
            }
            final int bytes = log.getInt((int) (at % capacity));
            if (bytes == WRAP) {
                at += capacity - at % capacity;
            }
            final Captured captured = copy(at);
            VarHandle.loadLoadFence();
            if (captured != null && state.getLongVolatile(OLDEST) <= at) {
                return captured;
            }
        }
    }

    /** Null if what stands there cannot be an entry: it is being written over. */
    private @Nullable Captured copy(final long position) {
        final int at = (int) (position % capacity);
        final int bytes = log.getInt(at);
        final int kept = bytes < HEADER || bytes > capacity - at ? -1 : log.getInt(at + KEPT);
        if (kept < 0 || kept > bytes - HEADER) {
            return null;
        }
        final byte[] octets = new byte[kept];
        log.getBytes(at + HEADER, octets);
        return new Captured(position + bytes, log.getInt(at + LEFT) != 0, log.getInt(at + INTERFACE), log.getLong(at + TIME), octets,
            log.getInt(at + LENGTH));
    }

    /** Packets that were taken. */
    public long taken() {
        return state.getLongVolatile(TAKEN);
    }

    /** Packets that were wanted and not taken: too many a second, or no room. */
    public long lost() {
        return state.getLongVolatile(LOST);
    }

    /** Packets that were taken and have made room for others. */
    public long overwritten() {
        return state.getLongVolatile(OVERWRITTEN);
    }

    /** Octets of the buffer that are in use. */
    public long used() {
        return state.getLongVolatile(END) - state.getLongVolatile(OLDEST);
    }

    /** Whether it takes packets, or why no longer: one of the constants above. */
    public int state() {
        return (int) state.getLongVolatile(STATE);
    }
}
