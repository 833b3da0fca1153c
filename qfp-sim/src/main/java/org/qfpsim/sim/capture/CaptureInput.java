package org.qfpsim.sim.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The octets of a capture file, read strictly forward (so a FIFO will do) through one buffer, with the place kept for error messages.
 * Single thread.
 */
final class CaptureInput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final String file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] word = new byte[8];
    private final ByteBuffer wordView = ByteBuffer.wrap(word);
    private int position;
    private int limit;
    /** Offset in the file of buffer[0]. */
    private long base;
    private long recordOffset;
    private long frame = 1;

    CaptureInput(final InputStream in, final String file) {
        this.in = in;
        this.file = file;
    }

    void order(final ByteOrder order) {
        wordView.order(order);
    }

    /** Remembers where the record begins that errors will name. */
    void beginRecord() {
        recordOffset = base + position;
    }

    /** Octets read since {@link #beginRecord}. */
    long recordBytes() {
        return base + position - recordOffset;
    }

    /** The number of the frame that is being read, from 1. */
    long frame() {
        return frame;
    }

    void endFrame() {
        frame++;
    }

    /** Whether the file ends here; blocks until that is known. */
    boolean atEnd() {
        return position == limit && !fill();
    }

    CaptureException error(final String problem) {
        return CaptureException.at(file, frame, recordOffset, problem, null);
    }

    CaptureException cutOff(final String what, final long claimed, final long left) {
        return error(what + " claims " + claimed + " octets, " + left
            + (left == 1 ? " is" : " are") + " left: the file is cut off; what was before it was read");
    }

    int u16(final String what) {
        read(word, 2, what);
        return wordView.getShort(0) & 0xffff;
    }

    long u32(final String what) {
        return s32(what) & 0xffff_ffffL;
    }

    int s32(final String what) {
        read(word, 4, what);
        return wordView.getInt(0);
    }

    long s64(final String what) {
        read(word, 8, what);
        return wordView.getLong(0);
    }

    /**
     * Reads octets.
     *
     * @param target where to, from its start.
     * @param count  how many.
     * @param what   what claims to have so many, for the error.
     * @throws CaptureException if the file ends before.
     */
    void read(final byte[] target, final int count, final String what) {
        int done = 0;
        while (done < count) {
            if (position == limit && !fill()) {
                throw cutOff(what, count, done);
            }
            final int n = Math.min(count - done, limit - position);
            System.arraycopy(buffer, position, target, done, n);
            position += n;
            done += n;
        }
    }

    /**
     * Passes over octets.
     *
     * @param count how many, 0 or more.
     * @param what  what claims to have so many, for the error.
     * @throws CaptureException if the file ends before.
     */
    void skip(final long count, final String what) {
        long left = count;
        while (left > 0) {
            if (position == limit && !fill()) {
                throw cutOff(what, count, count - left);
            }
            final int n = (int) Math.min(left, limit - position);
            position += n;
            left -= n;
        }
    }

    private boolean fill() {
        base += limit;
        position = 0;
        limit = 0;
        try {
            limit = Math.max(0, in.read(buffer));
        } catch (final IOException e) {
            throw CaptureException.at(file, frame, base, "cannot be read: " + e.getMessage(), e);
        }
        return limit > 0;
    }
}
