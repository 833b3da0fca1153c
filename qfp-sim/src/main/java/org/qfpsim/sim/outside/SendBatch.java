package org.qfpsim.sim.outside;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames that leave with one {@code sendmmsg}. What the kernel does not take, because its queue is full or the interface is down, is lost
 * and counted, as on a port of a router.
 */
final class SendBatch implements AutoCloseable {
    private static final int FRAMES = 64;
    private static final int FRAME_BYTES = 1 << 14;
    private static final int MMSGHDR_BYTES = 64;
    private static final int IOVEC_BYTES = 16;
    private static final int MSG_DONTWAIT = 0x40;

    private final int socket;
    private final Arena arena = Arena.ofShared();
    private final SystemCall sendmmsg = SystemCall.of("sendmmsg");
    private final MemorySegment headers = arena.allocate(FRAMES * MMSGHDR_BYTES, 8);
    private final MemorySegment vectors = arena.allocate(FRAMES * IOVEC_BYTES, 8);
    private final MemorySegment octets = arena.allocate((long) FRAMES * FRAME_BYTES, 64);
    private final UnsafeBuffer frames = new UnsafeBuffer(octets.address(), FRAMES * FRAME_BYTES);
    private int count;
    private long drops;

    SendBatch(final int socket) {
        this.socket = socket;
        for (int i = 0; i < FRAMES; i++) {
            // struct msghdr: name, its length, vector, its length, control, its length, flags; then how much was sent.
            headers.set(ValueLayout.JAVA_LONG, (long) i * MMSGHDR_BYTES + 16, vectors.address() + (long) i * IOVEC_BYTES);
            headers.set(ValueLayout.JAVA_LONG, (long) i * MMSGHDR_BYTES + 24, 1);
            vectors.set(ValueLayout.JAVA_LONG, (long) i * IOVEC_BYTES, octets.address() + (long) i * FRAME_BYTES);
        }
    }

    void add(final DirectBuffer frame, final int offset, final int length) {
        if (length > FRAME_BYTES) {
            drops++;
            return;
        }
        if (count == FRAMES) {
            flush();
        }
        frames.putBytes(count * FRAME_BYTES, frame, offset, length);
        vectors.set(ValueLayout.JAVA_LONG, (long) count * IOVEC_BYTES + 8, length);
        count++;
    }

    void flush() {
        int at = 0;
        while (at < count) {
            final int sent = sendmmsg.call(socket, headers.address() + (long) at * MMSGHDR_BYTES, count - at, MSG_DONTWAIT, 0, 0);
            if (sent > 0) {
                at += sent;
            } else if (sent == 0 || sendmmsg.errno() != SystemCallException.EINTR) {
                // It tells about the first frame only: the others have a chance.
                drops++;
                at++;
            }
        }
        count = 0;
    }

    long drops() {
        return drops;
    }

    @Override
    public void close() {
        arena.close();
    }
}
