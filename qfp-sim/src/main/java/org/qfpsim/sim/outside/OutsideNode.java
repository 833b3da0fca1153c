package org.qfpsim.sim.outside;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.Wire;

/**
 * A real interface as a node with one interface: frames that arrive on its link leave by it, frames that it receives go onto the link. A
 * thread of its own waits for them; it stops reading while the network has not taken what it got, so that a flood is lost in the kernel,
 * where it is counted, and not in our memory.
 */
public final class OutsideNode implements Node {
    private static final int MAX_WAITING = 8192;
    private static final long PAUSE_NANOS = 50_000;
    private static final long RETRY_NANOS = 500_000_000L;
    private static final int MAX_LINES = 100;

    private final String name;
    private final OutsidePort port;
    private final FarEnd far;
    private final Thread reader;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile boolean open = true;
    private final AtomicLong received = new AtomicLong();
    private volatile @Nullable Consumer<String> listener;
    private @Nullable Wire wire;
    private Network network = new Network() {
        @Override
        public void post(final Runnable action) {
            // Nobody is there yet.
        }

        @Override
        public void carrier(final boolean up) {
            // Nobody is there yet.
        }
    };
    private long sent;
    private long refused;
    private int lines;

    /** What the node wants of its network; both may be called by any thread. */
    public interface Network {
        /**
         * Gives the node a turn as soon as possible.
         *
         * @param before what is done before it.
         */
        void post(Runnable before);

        /**
         * Connects or cuts its link.
         *
         * @param up whether the interface carries frames.
         */
        void carrier(boolean up);
    }

    private OutsideNode(final String name, final OutsidePort port, final FarEnd far) {
        this.name = name;
        this.port = port;
        this.far = far;
        reader = Thread.ofPlatform().daemon().name(name).unstarted(this::read);
    }

    /**
     * Opens a real interface.
     *
     * @param name of the node.
     * @param port what to open: {@code eth:veth0}.
     * @return the node; it reads after {@link #start}.
     * @throws org.qfpsim.sim.InputException if it cannot be opened.
     */
    public static OutsideNode open(final String name, final String port) {
        return open(name, port, FarEnd.UNKNOWN);
    }

    /**
     * Opens a real interface.
     *
     * @param name of the node.
     * @param port what to open.
     * @param far  who is at its far end; closed with the node.
     * @return the node; it reads after {@link #start}.
     * @throws org.qfpsim.sim.InputException if it cannot be opened.
     */
    public static OutsideNode open(final String name, final String port, final FarEnd far) {
        return new OutsideNode(name, Ports.open(port), far);
    }

    /**
     * Begins to read.
     *
     * @param to the network that it is part of.
     */
    public void start(final Network to) {
        network = to;
        port.answers((frame, offset, length) -> {
            pass(frame, offset, length);
            wake();
        });
        reader.start();
    }

    private void read() {
        boolean up = true;
        while (open) {
            try {
                if (port.receive(this::received) > 0) {
                    wake();
                }
                if (!up) {
                    up = true;
                    network.carrier(true);
                }
            } catch (final IOException e) {
                if (up && open) {
                    up = false;
                    say(String.valueOf(e.getMessage()));
                    network.carrier(false);
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void received(final DirectBuffer frame, final int offset, final int length) {
        while (waiting.get() >= MAX_WAITING && open) {
            wake();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        pass(frame, offset, length);
    }

    private void pass(final DirectBuffer frame, final int offset, final int length) {
        waiting.incrementAndGet();
        received.incrementAndGet();
        final Wire to = wire;
        if (to != null) {
            to.send(0, frame, offset, length);
        }
    }

    private void wake() {
        if (waking.compareAndSet(false, true)) {
            network.post(() -> waking.set(false));
        }
    }

    private void say(final String text) {
        final Consumer<String> to = listener;
        // Each line is an event; a port that flaps for hours needs no more of them.
        if (to != null && lines < MAX_LINES) {
            lines++;
            to.accept(name + ": " + text);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> interfaces() {
        return List.of("outside");
    }

    @Override
    public void connect(final Wire toNetwork) {
        wire = toNetwork;
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        if (port.send(frame, offset, length)) {
            sent++;
        } else {
            refused++;
        }
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public int advance(final long nanos) {
        waiting.set(0);
        port.flush();
        return 0;
    }

    @Override
    public String execute(final String commandLine) {
        return commandLine.strip().equals("show counters")
            ? "received %d, receive-drops %d, sent %d, send-drops %d%n".formatted(received.get(), port.receiveDrops(), sent,
                port.sendDrops() + refused)
            : far.execute(commandLine);
    }

    @Override
    public void crash() {
        // The world goes on.
    }

    @Override
    public void restart(final long nanos) {
        // It has never stopped.
    }

    @Override
    public void onLog(final Consumer<String> to) {
        listener = to;
        far.onLog(line -> {
            to.accept(line);
            wake();
        });
    }

    @Override
    public OptionalLong counter(final String counter) {
        return switch (counter) {
            case "received" -> OptionalLong.of(received.get());
            case "receive-drops" -> OptionalLong.of(port.receiveDrops());
            case "sent" -> OptionalLong.of(sent);
            case "send-drops" -> OptionalLong.of(port.sendDrops() + refused);
            default -> far.counter(counter);
        };
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(reader);
        try {
            reader.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        port.close();
        far.close();
    }
}
