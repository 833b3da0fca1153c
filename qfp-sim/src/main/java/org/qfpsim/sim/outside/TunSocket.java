package org.qfpsim.sim.outside;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.sim.InputException;

/** A TUN device: what this machine routes to it comes to the router as IP packets, and what the router sends goes into the machine. */
final class TunSocket implements IpPort {
    private static final int O_RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x8_0000;
    private static final long TUNSETIFF = 0x4004_54caL;
    private static final short TUN_WITHOUT_INFORMATION = 0x1001;
    private static final int MAX_NAME = 15;
    private static final int IFREQ_BYTES = 40;
    private static final int PACKET_BYTES = 65_536;
    private static final int BATCH = 64;
    private static final int WAIT_MILLIS = 100;

    private final int file;
    private final Arena arena = Arena.ofShared();
    private final SystemCall poll = SystemCall.of("poll");
    private final SystemCall read = SystemCall.of("read");
    private final SystemCall write = SystemCall.of("write");
    private final MemorySegment pollRequest = arena.allocate(8, 4);
    private final MemorySegment in = arena.allocate(ROOM + PACKET_BYTES, 8);
    private final UnsafeBuffer inView = new UnsafeBuffer(in.address(), ROOM + PACKET_BYTES);
    private final MemorySegment out = arena.allocate(PACKET_BYTES, 8);
    private final UnsafeBuffer outView = new UnsafeBuffer(out.address(), PACKET_BYTES);

    private TunSocket(final int file) {
        this.file = file;
        pollRequest.set(ValueLayout.JAVA_INT, 0, file);
        pollRequest.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
    }

    /**
     * Opens a device, and makes it if there is none of that name.
     *
     * @param name of the device.
     * @return the open device.
     * @throws InputException if it cannot be opened; the message says what to do.
     */
    static TunSocket open(final String name) {
        if (name.length() > MAX_NAME) {
            throw new InputException("tun:" + name + ": a device's name has at most " + MAX_NAME + " characters");
        }
        try (Arena call = Arena.ofConfined()) {
            final int file = SystemCall.of("open", Linker.Option.firstVariadicArg(2))
                .must(call.allocateFrom("/dev/net/tun").address(), O_RDWR_NONBLOCK_CLOEXEC, 0, 0, 0);
            try {
                final MemorySegment request = call.allocate(IFREQ_BYTES, 8);
                request.setString(0, name);
                request.set(ValueLayout.JAVA_SHORT, 16, TUN_WITHOUT_INFORMATION);
                SystemCall.of("ioctl", Linker.Option.firstVariadicArg(2)).must(file, TUNSETIFF, request.address(), 0, 0);
                return new TunSocket(file);
            } catch (final SystemCallException e) {
                SystemCall.of("close").call(file, 0, 0);
                throw e;
            }
        } catch (final SystemCallException e) {
            throw new InputException("tun:" + name + " cannot be opened: " + e.getMessage() + (e.isPermission()
                ? "; it needs root, or a device that root has made for you: ip tuntap add " + name + " mode tun user $USER" : ""), e);
        }
    }

    @Override
    public int receive(final OutsidePort.FrameSink sink) throws IOException {
        if (poll.call(pollRequest.address(), 1, WAIT_MILLIS) < 0 && poll.errno() != SystemCallException.EINTR) {
            throw poll.failure();
        }
        int count = 0;
        for (int length = read(); length > 0; length = count < BATCH ? read() : 0) {
            count++;
            // The device carries IPv6 as well; nobody has asked for it.
            if (inView.getByte(ROOM) >>> 4 == 4) {
                sink.frame(inView, ROOM, length);
            }
        }
        return count;
    }

    private int read() throws SystemCallException {
        final int length = read.call(file, in.address() + ROOM, PACKET_BYTES);
        if (length < 0 && read.errno() != SystemCallException.EAGAIN && read.errno() != SystemCallException.EINTR) {
            throw read.failure();
        }
        return length;
    }

    @Override
    public boolean send(final DirectBuffer packet, final int offset, final int length) {
        if (length > PACKET_BYTES) {
            return false;
        }
        outView.putBytes(0, packet, offset, length);
        return write.call(file, out.address(), length) == length;
    }

    @Override
    public void close() {
        SystemCall.of("close").call(file, 0, 0);
        arena.close();
    }
}
