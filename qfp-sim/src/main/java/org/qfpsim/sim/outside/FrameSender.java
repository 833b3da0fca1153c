package org.qfpsim.sim.outside;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/** Sends one frame again and again, by a transmit ring within another network namespace, on a thread of its own. */
public final class FrameSender implements AutoCloseable {
    /** As fast as it can. */
    public static final long UNLIMITED = 0;

    private static final int BATCH = 64;
    private static final int NEW_NETWORK = 0x4000_0000;
    private static final long PAUSE_NANOS = 1_000_000;

    private final Thread thread;
    private volatile Task task = new Task(new byte[0], UNLIMITED, 0);
    private volatile boolean open = true;
    private volatile int running;
    private int started;
    private volatile long sent;
    private volatile long number;
    private volatile @Nullable Exception failure;

    /** What to send, how many a second, and a number that no other has. */
    private record Task(byte[] frame, long perSecond, int number) {
    }

    /**
     * Starts the thread, at rest.
     *
     * @param namespace     file of the network namespace.
     * @param interfaceName an interface there.
     */
    public FrameSender(final Path namespace, final String interfaceName) {
        thread = Thread.ofPlatform().daemon().name("sender").start(() -> work(namespace, interfaceName));
    }

    private void work(final Path namespace, final String interfaceName) {
        number = SystemCall.of("gettid").call(0, 0, 0);
        try {
            enter(namespace);
            final HostInterface host = new HostInterface(interfaceName);
            try (TransmitRing ring = new TransmitRing(host.index(), 1500)) {
                send(ring);
            }
        } catch (final IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** Of this thread only. */
    private static void enter(final Path namespace) throws SystemCallException {
        try (Arena call = Arena.ofConfined()) {
            final int file = SystemCall.of("open", Linker.Option.firstVariadicArg(2))
                .must(call.allocateFrom(namespace.toString()).address(), 0, 0, 0, 0);
            SystemCall.of("setns").must(file, NEW_NETWORK, 0, 0, 0);
            SystemCall.of("close").call(file, 0, 0);
        }
    }

    private void send(final TransmitRing ring) {
        while (open) {
            final Task now = task;
            final UnsafeBuffer frame = new UnsafeBuffer(now.frame());
            final long start = System.nanoTime();
            final long before = ring.sent();
            while (open && running != 0 && running == now.number()) {
                if (now.perSecond() != UNLIMITED
                    && (ring.sent() - before) * 1e9 > (System.nanoTime() - start) * (double) now.perSecond()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                for (int i = 0; i < BATCH && ring.add(frame, 0, frame.capacity()); i++) {
                    Thread.onSpinWait();
                }
                ring.flush();
                sent = ring.sent();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Begins to send.
     *
     * @param octets of the frame.
     * @param rate   frames a second, or {@link #UNLIMITED}.
     */
    public void start(final byte[] octets, final long rate) {
        started++;
        task = new Task(octets.clone(), rate, started);
        running = started;
    }

    /** Stops sending. */
    public void stop() {
        running = 0;
    }

    /**
     * Frames that the kernel has taken.
     *
     * @throws InputException if it cannot send; the message has the reason.
     */
    public long sent() {
        final Exception seen = failure;
        if (seen != null) {
            throw new InputException("the sender has stopped: " + seen.getMessage(), seen);
        }
        return sent;
    }

    /** The number that the operating system knows its thread by. */
    public long number() {
        return number;
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
