package org.qfpsim.sim.outside;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames that wait for the kernel in memory that it shares with us (PACKET_TX_RING, TPACKET_V3): one system call sends all of them. A
 * frame's place is free again when the frame has left the machine, so a ring that is full says that the interface takes no more.
 *
 * <pre>
 * frame:  0 next, 0   16 octets   20 status   48 the frame
 * </pre>
 */
final class TransmitRing implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x8_0000;
    private static final int SOL_PACKET = 263;
    private static final int VERSION = 10;
    private static final int TX_RING = 13;
    private static final int LOSS = 14;
    private static final int TPACKET_V3 = 2;
    private static final int BLOCK_BYTES = 1 << 17;
    private static final int BLOCKS = 16;
    private static final int LEAST_FRAME_BYTES = 2048;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int ETHERNET_BYTES = 14;
    private static final int LENGTH = 16;
    private static final int STATUS = 20;
    private static final int FRAME = 48;
    private static final int OURS = 0;
    private static final int TO_SEND = 1;

    private final int socket;
    private final long address;
    private final UnsafeBuffer ring;
    private final SystemCall send = SystemCall.of("send");
    private final int frameBytes;
    private final int longest;
    private final int mask;
    /** The next place to fill. */
    private int next;
    /** Places that were filled since the kernel was called. */
    private int waiting;
    private long sent;
    private long drops;

    /**
     * Opens the way out of an interface.
     *
     * @param index of the interface.
     * @param mtu   of the interface: longer frames are lost.
     */
    @SuppressWarnings("restricted")
    TransmitRing(final int index, final int mtu) throws SystemCallException {
        frameBytes = Math.clamp(Integer.highestOneBit(FRAME + ETHERNET_BYTES + mtu - 1) << 1, LEAST_FRAME_BYTES, BLOCK_BYTES);
        longest = Math.min(ETHERNET_BYTES + mtu, frameBytes - FRAME);
        final int size = BLOCK_BYTES * BLOCKS;
        mask = size / frameBytes - 1;
        // Protocol 0: it receives nothing.
        socket = SystemCall.of("socket").must(AF_PACKET, SOCK_RAW_CLOEXEC, 0, 0, 0);
        try (Arena call = Arena.ofConfined()) {
            final SystemCall setOption = SystemCall.of("setsockopt");
            setOption.must(socket, SOL_PACKET, VERSION, call.allocateFrom(ValueLayout.JAVA_INT, TPACKET_V3).address(), 4);
            // A frame that is too long, as the MTU has changed, is left out; otherwise the kernel would stop there for ever.
            setOption.must(socket, SOL_PACKET, LOSS, call.allocateFrom(ValueLayout.JAVA_INT, 1).address(), 4);
            final MemorySegment request = call.allocateFrom(ValueLayout.JAVA_INT, BLOCK_BYTES, BLOCKS, frameBytes, mask + 1, 0, 0, 0);
            setOption.must(socket, SOL_PACKET, TX_RING, request.address(), request.byteSize());
            bind(index);
            final SystemCall map = SystemCall.of("mmap");
            address = map.raw(0, size, PROT_READ_WRITE, MAP_SHARED, socket, 0);
            if (address == -1) {
                throw map.failure();
            }
        } catch (final SystemCallException e) {
            SystemCall.of("close").call(socket, 0, 0);
            throw e;
        }
        ring = new UnsafeBuffer(address, size);
    }

    /** Sends by an interface from now on. */
    void bind(final int index) throws SystemCallException {
        PacketSocket.bind(socket, (short) 0, index);
    }

    /**
     * Takes a frame; it leaves at the next {@link #flush}, or when there is no room for another.
     *
     * @return false if the interface takes no more.
     */
    boolean add(final DirectBuffer frame, final int offset, final int length) {
        final int at = next * frameBytes;
        if (ring.getIntVolatile(at + STATUS) != OURS) {
            flush();
            if (ring.getIntVolatile(at + STATUS) != OURS) {
                return false;
            }
        }
        if (length > longest) {
            drops++;
            return true;
        }
        ring.putBytes(at + FRAME, frame, offset, length);
        ring.putInt(at + LENGTH, length);
        ring.putIntRelease(at + STATUS, TO_SEND);
        next = next + 1 & mask;
        waiting++;
        return true;
    }

    /** Lets the kernel send what waits. What it has no room for waits on; when the interface is down or away, all of it is lost. */
    void flush() {
        int taken = 1;
        while (waiting > 0 && taken > 0) {
            final int result = send.call(socket, 0, 0, MSG_DONTWAIT, 0, 0);
            taken = taken();
            if (result < 0 && !isFull(send.errno())) {
                withdraw();
            }
        }
    }

    /** What the kernel has taken of those that wait: it takes them in order. */
    private int taken() {
        final int before = waiting;
        while (waiting > 0 && ring.getIntVolatile((next - waiting & mask) * frameBytes + STATUS) != TO_SEND) {
            waiting--;
        }
        sent += before - waiting;
        return before - waiting;
    }

    private static boolean isFull(final int errno) {
        return errno == SystemCallException.EAGAIN || errno == SystemCallException.ENOBUFS || errno == SystemCallException.EINTR;
    }

    /** What waits is lost, or it would leave when nobody wants it any more. */
    void withdraw() {
        drops += waiting;
        for (; waiting > 0; waiting--) {
            next = next - 1 & mask;
            ring.putIntVolatile(next * frameBytes + STATUS, OURS);
        }
    }

    /** Frames that the kernel has taken. */
    long sent() {
        return sent;
    }

    /** Frames among those that were taken, here or by the kernel, that were not sent. */
    long drops() {
        return drops;
    }

    @Override
    public void close() {
        SystemCall.of("munmap").call(address, (long) BLOCK_BYTES * BLOCKS, 0);
        SystemCall.of("close").call(socket, 0, 0);
    }
}
