package org.qfpsim.sim.outside;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.agrona.DirectBuffer;
import org.qfpsim.sim.InputException;

/**
 * A network interface of this machine: {@code AF_PACKET} with a TPACKET_V3 ring for what comes and {@code sendmmsg} for what goes. The
 * interface is promiscuous while this is open, since the router has Ethernet addresses of its own; what the machine itself sends on the
 * interface is not seen.
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
    private static final int POLLERR = 8;
    private static final int WAIT_MILLIS = 100;
    private static final int STATISTICS_BYTES = 12;

    private final int socket;
    private final Arena arena = Arena.ofShared();
    private final SystemCall poll = SystemCall.of("poll");
    private final SystemCall getOption = SystemCall.of("getsockopt");
    private final MemorySegment pollRequest = arena.allocate(8, 4);
    private final MemorySegment statistics = arena.allocate(STATISTICS_BYTES + 4, 4);
    private final ReceiveRing ring;
    private final SendBatch batch;
    private long receiveDrops;

    private PacketSocket(final int socket) throws SystemCallException {
        this.socket = socket;
        ring = new ReceiveRing(socket);
        batch = new SendBatch(socket);
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
        final int index;
        try (Arena call = Arena.ofConfined()) {
            index = SystemCall.of("if_nametoindex").call(call.allocateFrom(name).address(), 0, 0);
        }
        if (index == 0) {
            throw new InputException("eth:" + name + ": this machine has no interface " + name + "; 'ip link' lists those that it has");
        }
        try {
            // Protocol 0: nothing is received before everything is set.
            final int socket = SystemCall.of("socket").must(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0, 0, 0);
            try {
                final PacketSocket opened = new PacketSocket(socket);
                opened.bind(index);
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

    private void bind(final int index) throws SystemCallException {
        try (Arena call = Arena.ofConfined()) {
            final SystemCall setOption = SystemCall.of("setsockopt");
            final MemorySegment one = call.allocateFrom(ValueLayout.JAVA_INT, 1);
            setOption.must(socket, SOL_PACKET, IGNORE_OUTGOING, one.address(), 4);
            // struct packet_mreq: index, type, address length, address.
            final MemorySegment membership = call.allocate(16, 4);
            membership.set(ValueLayout.JAVA_INT, 0, index);
            membership.set(ValueLayout.JAVA_SHORT, 4, PROMISCUOUS);
            setOption.must(socket, SOL_PACKET, ADD_MEMBERSHIP, membership.address(), 16);
            // struct sockaddr_ll: family, protocol, index, hardware type, packet type, address length, address.
            final MemorySegment address = call.allocate(20, 4);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(ValueLayout.JAVA_SHORT, 2, ETH_P_ALL_BIG_ENDIAN);
            address.set(ValueLayout.JAVA_INT, 4, index);
            SystemCall.of("bind").must(socket, address.address(), 20, 0, 0);
        }
    }

    @Override
    public int receive(final FrameSink sink) throws IOException {
        int count = ring.poll(sink);
        if (count == 0) {
            final int ready = poll.call(pollRequest.address(), 1, WAIT_MILLIS);
            if (ready < 0 && poll.errno() != SystemCallException.EINTR) {
                throw poll.failure();
            }
            if (ready > 0 && (pollRequest.get(ValueLayout.JAVA_SHORT, 6) & POLLERR) != 0) {
                throw new SystemCallException("poll", pendingError());
            }
            count = ring.poll(sink);
        }
        readStatistics();
        return count;
    }

    /** Reads and clears what the socket has as its error. */
    private int pendingError() {
        final int solSocket = 1;
        final int soError = 4;
        statistics.set(ValueLayout.JAVA_INT, STATISTICS_BYTES, 4);
        getOption.call(socket, solSocket, soError, statistics.address(), statistics.address() + STATISTICS_BYTES, 0);
        return statistics.get(ValueLayout.JAVA_INT, 0);
    }

    /** The kernel's counters start again at each look. */
    private void readStatistics() {
        statistics.set(ValueLayout.JAVA_INT, STATISTICS_BYTES, STATISTICS_BYTES);
        if (getOption.call(socket, SOL_PACKET, STATISTICS, statistics.address(), statistics.address() + STATISTICS_BYTES, 0) == 0) {
            receiveDrops += Integer.toUnsignedLong(statistics.get(ValueLayout.JAVA_INT, 4));
        }
    }

    @Override
    public void send(final DirectBuffer frame, final int offset, final int length) {
        batch.add(frame, offset, length);
    }

    @Override
    public void flush() {
        batch.flush();
    }

    @Override
    public long receiveDrops() {
        return receiveDrops;
    }

    @Override
    public long sendDrops() {
        return batch.drops();
    }

    @Override
    public void close() {
        ring.close();
        batch.close();
        SystemCall.of("close").call(socket, 0, 0);
        arena.close();
    }
}
