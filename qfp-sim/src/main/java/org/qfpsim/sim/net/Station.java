package org.qfpsim.sim.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A node's place in a network: what its interfaces are connected to, what it has sent and logged in this step, and when it wants to be
 * called. Everything but {@link #send} and the log is the network's thread's.
 */
final class Station implements Wire {
    /** More frames in one step than this are a node that has gone wild. */
    private static final int MAX_OUTBOX = 4_000_000;
    private static final long STUCK_NANOS = 60_000_000_000L;
    private static final int SPINS = 200;
    private static final long IDLE = Long.MAX_VALUE;

    private final Node node;
    private final int index;
    private final boolean realTime;
    private final List<@Nullable Attachment> attachments = new ArrayList<>();
    private final Object lock = new Object();
    private Queue<Sent> filling = new ArrayDeque<>();
    private Queue<Sent> draining = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long deadline = Long.MAX_VALUE;
    private boolean touched;
    private long since = IDLE;
    private long unconnected;

    @Override
    public boolean isRealTime() {
        return realTime;
    }

    /** Which port of which link an interface is. */
    record Attachment(Link link, int port) {
    }

    /** A frame that waits for the end of the step. */
    record Sent(int interfaceIndex, byte[] frame) {
    }

    Station(final Node node, final int index, final boolean realTime) {
        this.realTime = realTime;
        this.node = node;
        this.index = index;
    }

    /** Gives the node its wire and listens to what it says. */
    void connect() {
        node.connect(this);
        node.onLog(this::log);
    }

    Node node() {
        return node;
    }

    int index() {
        return index;
    }

    @Override
    public void send(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length) {
        final byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        synchronized (lock) {
            if (filling.size() >= MAX_OUTBOX) {
                throw new IllegalStateException(node.name() + " sends without end");
            }
            filling.add(new Sent(interfaceIndex, copy));
        }
    }

    /** What was sent since the last call, in order; to be emptied by the caller. */
    Queue<Sent> sent() {
        synchronized (lock) {
            final Queue<Sent> full = filling;
            filling = draining;
            draining = full;
            return full;
        }
    }

    boolean hasSent() {
        synchronized (lock) {
            return !filling.isEmpty();
        }
    }

    private void log(final String line) {
        synchronized (lock) {
            lines.add(line);
        }
    }

    /** The lines that were logged since the last call. */
    List<String> logged() {
        synchronized (lock) {
            if (lines.isEmpty()) {
                return List.of();
            }
            final List<String> all = List.copyOf(lines);
            lines.clear();
            return all;
        }
    }

    void attach(final int interfaceIndex, final Attachment attachment) {
        while (attachments.size() <= interfaceIndex) {
            attachments.add(null);
        }
        if (attachments.get(interfaceIndex) != null) {
            throw new IllegalArgumentException(node.name() + " interface " + interfaceIndex + " has a link already");
        }
        attachments.set(interfaceIndex, attachment);
    }

    @Nullable Attachment attachment(final int interfaceIndex) {
        return interfaceIndex < attachments.size() ? attachments.get(interfaceIndex) : null;
    }

    /** The barrier: returns when the node has nothing left to do at this time. */
    void awaitIdle() {
        final long start = System.nanoTime();
        for (int spins = 0; !node.isIdle(); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else if (System.nanoTime() - start < STUCK_NANOS) {
                Thread.yield();
            } else {
                throw new IllegalStateException(node.name() + " has been busy for a minute within one moment of virtual time");
            }
        }
    }

    void receive(final int interfaceIndex, final byte[] frame, final long nanos) {
        view.wrap(frame);
        node.receive(interfaceIndex, view, 0, frame.length, nanos);
    }

    void countUnconnected() {
        unconnected++;
    }

    /** Frames that were sent on interfaces without a link. */
    long unconnected() {
        return unconnected;
    }

    long deadline() {
        return deadline;
    }

    void deadline(final long nanos) {
        deadline = nanos;
    }

    boolean touched() {
        return touched;
    }

    void touched(final boolean yes) {
        touched = yes;
    }

    /** It has got its turn; nothing new if it has not finished the one before. */
    void began(final long nanos) {
        since = Math.min(since, nanos);
    }

    /** It has nothing left to do. */
    void ended() {
        since = IDLE;
    }

    /** Since when it has been working; {@link Long#MAX_VALUE} if it is idle. */
    long since() {
        return since;
    }
}
