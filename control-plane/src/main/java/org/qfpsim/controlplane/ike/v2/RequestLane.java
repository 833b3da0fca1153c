package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadWriter;
import org.qfpsim.controlplane.time.Timers;

/**
 * Our requests over one IKE SA: a window of one (RFC 7296 section 2.3), sent again until the response comes (section 2.1) or the peer is
 * given up.
 */
final class RequestLane {
    private final IkeSa sa;
    private final Ikev2Context context;
    private final Counters counters;
    private final Consumer<IkeSa> givenUp;
    private final Deque<Task> queue = new ArrayDeque<>();
    private @Nullable Task current;
    private int currentId;
    private int nextId;
    private int sent;
    private List<byte[]> datagrams = List.of();
    private Timers.@Nullable Timer timer;
    private boolean starting;

    RequestLane(final IkeSa sa, final Ikev2Context context, final Counters counters, final Consumer<IkeSa> givenUp) {
        this.sa = sa;
        this.context = context;
        this.counters = counters;
        this.givenUp = givenUp;
    }

    /** What waits for a response, or null. */
    @Nullable Task current() {
        return current;
    }

    /** Message id of the next request. */
    int nextId() {
        return nextId;
    }

    /** Requests that have not begun. */
    int queued() {
        return queue.size();
    }

    boolean idle() {
        return current == null && queue.isEmpty();
    }

    void enqueue(final Task task) {
        queue.addLast(task);
        pump();
    }

    /** The next one of a chain: IKE_AUTH behind IKE_SA_INIT. Started when the one that is being answered is done. */
    void enqueueNext(final Task task) {
        queue.addFirst(task);
    }

    /** IKE_SA_INIT again, with a cookie or another group: the message id stays 0 (sections 2.6, 2.7). */
    void restart(final Task task) {
        nextId = 0;
        queue.addFirst(task);
    }

    void pump() {
        while (!starting && current == null && !queue.isEmpty() && sa.speaks()) {
            final Task task = queue.removeFirst();
            starting = true;
            final List<Payload> payloads;
            try {
                payloads = task.start(sa);
            } finally {
                starting = false;
            }
            if (payloads != null && sa.speaks()) {
                send(task, payloads);
            }
        }
    }

    private void send(final Task task, final List<Payload> payloads) {
        current = task;
        currentId = nextId++;
        sent = 0;
        final Header header = sa.header(task.exchange(), false, currentId);
        if (task.exchange() == Header.IKE_SA_INIT) {
            sa.firstRequest = PayloadWriter.message(header, payloads);
            datagrams = List.of(sa.firstRequest);
        } else {
            datagrams = sa.seal(header, payloads, context.config().fragmentationMtu());
        }
        sa.say(() -> "Sending Packet [To " + sa.path.remote() + ":" + sa.path.remotePort() + "/From " + sa.path.local() + ":"
            + sa.path.localPort() + "/VRF i0:f0] " + exchangeName(task.exchange()) + " Exchange REQUEST Message id: " + currentId);
        transmit();
    }

    static String exchangeName(final int exchange) {
        return switch (exchange) {
            case Header.IKE_SA_INIT -> "IKE_SA_INIT";
            case Header.IKE_AUTH -> "IKE_AUTH";
            case Header.CREATE_CHILD_SA -> "CREATE_CHILD_SA";
            default -> "INFORMATIONAL";
        };
    }

    private void transmit() {
        final Task task = current;
        if (task == null) {
            return;
        }
        datagrams.forEach(datagram -> context.transport().send(sa.path, datagram));
        timer = context.timers().after(task.retry().after(sent), this::again);
        sent++;
    }

    private void again() {
        final Task task = current;
        if (task == null) {
            return;
        }
        if (sent > task.retry().times()) {
            counters.count(Ikev2Event.PEER_DEAD);
            sa.say(() -> "Maximum number of retransmissions reached");
            givenUp.accept(sa);
            return;
        }
        counters.count(Ikev2Event.RETRANSMISSION);
        sa.say(() -> "Retransmitting packet");
        transmit();
    }

    /** Whether a response with this header is the one that is waited for. */
    boolean awaits(final Header header) {
        return current != null && header.messageId() == currentId && header.exchange() == current.exchange();
    }

    void complete(final Payloads response) {
        final Task task = current;
        if (task == null) {
            return;
        }
        rest();
        if (sa.state == IkeSa.State.DELETING && !(task instanceof DeleteIkeTask)) {
            task.failed("the IKE SA is being deleted");
        } else {
            task.answered(sa, response);
        }
        pump();
    }

    private void rest() {
        current = null;
        datagrams = List.of();
        if (timer != null) {
            timer.cancel();
        }
    }

    /** The tasks that have not begun, for the IKE SA that takes over. */
    List<Task> takeQueue() {
        final List<Task> tasks = new ArrayList<>(queue);
        queue.clear();
        return tasks;
    }

    /** What has not begun will not. */
    void failQueue(final String reason) {
        takeQueue().forEach(task -> task.failed(reason));
    }

    /** Nothing is sent any more. */
    void shutDown(final String reason) {
        final Task task = current;
        rest();
        if (task != null) {
            task.failed(reason);
        }
        failQueue(reason);
    }
}
