package org.qfpsim.sim.outside;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.agrona.DirectBuffer;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.Cable;

/**
 * A network interface of this machine: {@code AF_PACKET} with a TPACKET_V3 ring for what comes and another for what goes. The interface is
 * promiscuous while this is open, since the router has Ethernet addresses of its own; what the machine itself sends on the interface is
 * not seen. One thread waits ({@link #await}), one works on the rings; they may be the same.
 */
final class PacketSocket implements OutsidePort {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final short ETH_P_ALL_BIG_ENDIAN = 0x0300;
    private static final int SOL_PACKET = 263;
    private static final int ADD_MEMBERSHIP = 1;
    private static final int STATISTICS = 6;
    private static final int IGNORE_OUTGOING = 23;
    private static final short PROMISCUOUS = 1;
    private static final int POLLIN = 1;
    private static final int WAIT_MILLIS = 100;
    private static final int STATISTICS_BYTES = 12;

    private final int socket;
    private final Arena arena = Arena.ofShared();
    private final SystemCall poll = SystemCall.of("poll");
    private final SystemCall getOption = SystemCall.of("getsockopt");
    private final MemorySegment pollRequest = arena.allocate(8, 4);
    private final MemorySegment statistics = arena.allocate(STATISTICS_BYTES + 4, 4);
    private final HostInterface host;
    private final ReceiveRing ring;
    private final TransmitRing out;
    /** The number of the interface that the socket is bound to; another of the same name has another. */
    private int index;
    private volatile long receiveDrops;

    private PacketSocket(final int socket, final HostInterface host) throws SystemCallException {
        this.socket = socket;
        this.host = host;
        ring = new ReceiveRing(socket);
        out = new TransmitRing(host.index(), host.mtu(socket));
        pollRequest.set(ValueLayout.JAVA_INT, 0, socket);
        pollRequest.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
    }

    /**
     * Opens an interface.
     *
     * @param name of the interface, such as {@code veth0}.
     * @return the open socket.
     * @throws InputException if it cannot be opened; the message says what to do.
     */
    static PacketSocket open(final String name) {
        final HostInterface host = new HostInterface(name);
        if (host.index() == 0) {
            throw new InputException("eth:" + name + ": this machine has no interface " + name + "; 'ip link' lists those that it has");
        }
        try {
            // Protocol 0: nothing is received before everything is set.
            final int socket = SystemCall.of("socket").must(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0, 0, 0);
            try {
                final PacketSocket opened = new PacketSocket(socket, host);
                opened.bind(host.index());
                return opened;
            } catch (final SystemCallException e) {
                SystemCall.of("close").call(socket, 0, 0);
                throw e;
            }
        } catch (final SystemCallException e) {
            throw new InputException("eth:" + name + " cannot be opened: " + e.getMessage()
                + (e.isPermission() ? "; it needs root, or CAP_NET_RAW (setcap cap_net_raw+ep on the JDK's bin/java)" : ""), e);
        }
    }

    private void bind(final int number) throws SystemCallException {
        try (Arena call = Arena.ofConfined()) {
            final SystemCall setOption = SystemCall.of("setsockopt");
            final MemorySegment one = call.allocateFrom(ValueLayout.JAVA_INT, 1);
            setOption.must(socket, SOL_PACKET, IGNORE_OUTGOING, one.address(), 4);
            // struct packet_mreq: index, type, address length, address.
            final MemorySegment membership = call.allocate(16, 4);
            membership.set(ValueLayout.JAVA_INT, 0, number);
            membership.set(ValueLayout.JAVA_SHORT, 4, PROMISCUOUS);
            setOption.must(socket, SOL_PACKET, ADD_MEMBERSHIP, membership.address(), 16);
        }
        bind(socket, ETH_P_ALL_BIG_ENDIAN, number);
        index = number;
    }

    /** Binds a packet socket to an interface. */
    static void bind(final int socket, final short protocol, final int number) throws SystemCallException {
        try (Arena call = Arena.ofConfined()) {
            // struct sockaddr_ll: family, protocol, index, hardware type, packet type, address length, address.
            final MemorySegment address = call.allocate(20, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_SHORT, 2, protocol);
            address.set(ValueLayout.JAVA_INT, 4, number);
            SystemCall.of("bind").must(socket, address.address(), 20, 0, 0);
        }
    }

    /**
     * Waits until something has come, a tenth of a second at most.
     *
     * @return whether something has.
     * @throws IOException if the interface is gone or down; the next call tries again.
     */
    boolean await() throws IOException {
        final int ready = poll.call(pollRequest.address(), 1, WAIT_MILLIS);
        if (ready < 0 && poll.errno() != SystemCallException.EINTR) {
            throw poll.failure();
        }
        if (ready > 0 && (pollRequest.get(ValueLayout.JAVA_SHORT, 6) & POLLIN) != 0) {
            return true;
        }
        // An error of the socket is told once; reading it makes room for the next.
        pendingError();
        host.mustCarry(socket);
        final int now = host.index();
        if (now != index) {
            // It was away, and has come back as another.
            bind(now);
            out.bind(now);
        }
        return false;
    }

    /** Hands on what has come, without waiting; parameters as of {@link ReceiveRing#poll}. */
    int poll(final long nanos, final Cable.Taker taker) {
        return ring.poll(nanos, taker);
    }

    @Override
    public int receive(final FrameSink sink) throws IOException {
        final Cable.Taker each = (frames, count) -> {
            for (int i = 0; i < count; i++) {
                sink.frame(frames.source(), frames.offsets()[i], frames.lengths()[i]);
            }
        };
        int count = ring.poll(0, each);
        if (count == 0) {
            await();
            count = ring.poll(0, each);
        }
        readStatistics();
        return count;
    }

    private void pendingError() {
        final int solSocket = 1;
        final int soError = 4;
        statistics.set(ValueLayout.JAVA_INT, STATISTICS_BYTES, 4);
        getOption.call(socket, solSocket, soError, statistics.address(), statistics.address() + STATISTICS_BYTES, 0);
    }

    /** Adds what was lost since the last look: the kernel's counters start again at each. For the thread that waits. */
    void readStatistics() {
        statistics.set(ValueLayout.JAVA_INT, STATISTICS_BYTES, STATISTICS_BYTES);
        if (getOption.call(socket, SOL_PACKET, STATISTICS, statistics.address(), statistics.address() + STATISTICS_BYTES, 0) == 0) {
            final long lost = Integer.toUnsignedLong(statistics.get(ValueLayout.JAVA_INT, 4));
            receiveDrops = receiveDrops + lost;
        }
    }

    @Override
    public boolean send(final DirectBuffer frame, final int offset, final int length) {
        return out.add(frame, offset, length);
    }

    @Override
    public void flush() {
        out.flush();
    }

    /** What waits to be sent is lost. */
    void withdraw() {
        out.withdraw();
    }

    @Override
    public long receiveDrops() {
        return receiveDrops;
    }

    @Override
    public long sendDrops() {
        return out.drops();
    }

    @Override
    public void close() {
        ring.close();
        out.close();
        SystemCall.of("close").call(socket, 0, 0);
        arena.close();
    }
}
