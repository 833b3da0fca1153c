package org.qfpsim.sim.outside;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.qfpsim.sim.net.Cable;

/**
 * A network interface of this machine, plugged straight into a node. A thread of its own waits while there is nothing; it sees whether the
 * interface is up, and looks how many frames were lost.
 */
public final class EthernetCable implements Cable, AutoCloseable {
    private static final String KIND = "eth:";
    private static final long LOOK_NANOS = 100_000_000L;
    private static final long RETRY_NANOS = 500_000_000L;

    private final PacketSocket socket;
    private final Thread watch;
    private final OutsideNode.Network network;
    /** Whether the node wants to be woken. */
    private volatile boolean waiting;
    private volatile boolean up = true;
    private volatile boolean open = true;

    private EthernetCable(final String port, final PacketSocket socket, final OutsideNode.Network network) {
        this.socket = socket;
        this.network = network;
        watch = Thread.ofPlatform().daemon().name(port).start(this::watch);
    }

    /**
     * Whether a port can be plugged in like that; others are nodes of the network.
     *
     * @param port what the user has named.
     * @return true for {@code eth:NAME}.
     */
    public static boolean carries(final String port) {
        return port.startsWith(KIND);
    }

    /**
     * Opens an interface.
     *
     * @param port    {@code eth:NAME}.
     * @param network gives the node its turns.
     * @return the open interface.
     * @throws org.qfpsim.sim.InputException if it cannot be opened.
     */
    public static EthernetCable open(final String port, final OutsideNode.Network network) {
        return new EthernetCable(port, PacketSocket.open(port.substring(KIND.length())), network);
    }

    private void watch() {
        while (open) {
            try {
                if (waiting || !up) {
                    final boolean came = socket.await();
                    carrier(true);
                    if (came) {
                        waiting = false;
                        network.post(() -> { });
                    }
                } else {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            } catch (final IOException e) {
                carrier(false);
                LockSupport.parkNanos(RETRY_NANOS);
            }
            socket.readStatistics();
        }
    }

    private void carrier(final boolean now) {
        if (now != up && open) {
            up = now;
            network.carrier(now);
        }
    }

    @Override
    public int receive(final long nanos, final Taker taker) {
        return socket.poll(nanos, taker);
    }

    @Override
    public void wakeOnFrame() {
        if (!waiting) {
            waiting = true;
            LockSupport.unpark(watch);
        }
    }

    @Override
    public boolean send(final DirectBuffer frame, final int offset, final int length) {
        return socket.send(frame, offset, length);
    }

    @Override
    public void flush() {
        if (up) {
            socket.flush();
        } else {
            socket.withdraw();
        }
    }

    @Override
    public long receiveDrops() {
        return socket.receiveDrops();
    }

    @Override
    public long sendDrops() {
        return socket.sendDrops();
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(watch);
        try {
            watch.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        socket.close();
    }
}
