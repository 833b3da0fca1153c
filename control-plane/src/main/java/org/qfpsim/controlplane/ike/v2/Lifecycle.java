package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import java.util.Objects;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.v2.IkeSa.State;

/** Birth, inheritance and end of IKE SAs, and what their ends mean for the pairs under them. */
final class Lifecycle {
    /** How long a dead IKE SA answers repeated requests, and a replaced one waits for its DELETE: longer than a peer repeats itself. */
    private static final long LINGER_NANOS = Ikev2Context.seconds(150);
    /** How long a peer may take from its first request to the second. */
    private static final long HALF_OPEN_NANOS = Ikev2Context.seconds(60);
    /** A probe that this many requests did not get answered means a dead peer (qfp-reference: five misses). */
    private static final int PROBES = 5;

    final Ikev2Context context;
    final SaTable table;
    final Counters counters;
    private int lastId;
    private int lastSession;

    Lifecycle(final Ikev2Context context, final SaTable table, final Counters counters) {
        this.context = context;
        this.table = table;
        this.counters = counters;
    }

    /** We connect. */
    IkeSa connecting(final IkePath path) {
        counters.count(Ikev2Event.BEGUN);
        final IkeSa sa = make(++lastSession, true, path, State.CONNECTING);
        table.add(sa);
        return sa;
    }

    /** A peer connects. */
    IkeSa halfOpen(final IkePath path, final long remoteSpi, final byte[] firstRequest) {
        counters.count(Ikev2Event.ANSWERED);
        final IkeSa sa = make(++lastSession, false, path, State.HALF_OPEN);
        sa.remoteSpi = remoteSpi;
        sa.firstRequest = firstRequest;
        sa.nextRequest = 1;
        table.add(sa);
        sa.later(HALF_OPEN_NANOS, () -> close(sa, "the peer did not go on", false));
        return sa;
    }

    /** An IKE SA that shall take another's place (RFC 7296 section 2.18); not in use before {@link #inherit}. */
    IkeSa heir(final IkeSa old, final boolean initiator, final long localSpi, final long remoteSpi, final IkeSuite suite,
               final IkeKeys keys, final long seconds) {
        final IkeSa sa = new IkeSa(++lastId, old.session, initiator, localSpi, old.path, State.CANDIDATE, context, counters, this::givenUp);
        sa.remoteSpi = remoteSpi;
        sa.nat = old.nat;
        sa.fragmentation = old.fragmentation;
        sa.peerIdentity = old.peerIdentity;
        sa.heardNanos = context.timers().nanos();
        sa.seconds = seconds;
        sa.predecessor = old;
        sa.secure(suite, keys);
        table.add(sa);
        return sa;
    }

    private IkeSa make(final int session, final boolean initiator, final IkePath path, final State state) {
        return new IkeSa(++lastId, session, initiator, context.nonZeroSpi(), path, state, context, counters, this::givenUp);
    }

    /** The peer has proved who it is, or a rekey is complete. */
    void ready(final IkeSa sa) {
        sa.cancelTimers();
        table.to(sa, State.READY);
        sa.readyNanos = context.timers().nanos();
        sa.heardNanos = sa.readyNanos;
        counters.count(Ikev2Event.ESTABLISHED);
        sa.say(() -> "Session with IKE ID PAIR (" + sa.peerIdentity + ", "
            + context.config().identity(2, sa.path.local(), sa.path.remote()) + ") is UP");
        // Local to each end (section 2.8): rekeyed at 90 percent of it by whoever began, 95 percent by the other, so that they rarely meet.
        final long nanos = Ikev2Context.seconds(sa.seconds);
        sa.later(nanos / 100 * (sa.initiator ? 90 : 95), () -> rekey(sa));
        sa.later(nanos, () -> disconnect(sa, "its lifetime is over"));
        watch(sa);
        keepNatOpen(sa);
    }

    /** An IKE SA whose pairs have all gone silently is not kept for their sake. */
    void rekey(final IkeSa sa) {
        sa.children.values().removeIf(child -> !child.closing && !context.engine().holds(child.inboundSpi));
        if (!sa.children.isEmpty()) {
            sa.lane.enqueue(new RekeyIkeTask(this));
        }
    }

    /**
     * A peer that comes anew may have lost what it had with us, though it does not say so (section 2.4): its older IKE SAs are asked. One
     * that has a request under way is being asked already.
     */
    void doubtOthers(final IkeSa sa) {
        for (final IkeSa other : table.with(sa.path.local(), sa.path.remote())) {
            if (other != sa && other.state == IkeSa.State.READY && other.lane.idle()
                && Objects.equals(other.peerIdentity, sa.peerIdentity)) {
                final IkeConfig.Dpd dpd = context.config().dpd(2, sa.path.remote());
                other.lane.enqueue(new LivenessTask(dpd.seconds() > 0 ? probes(dpd) : Task.Retry.STANDARD));
            }
        }
    }

    private static Task.Retry probes(final IkeConfig.Dpd dpd) {
        return new Task.Retry(Ikev2Context.seconds(Math.max(1, dpd.retry())), false, PROBES);
    }

    private void keepNatOpen(final IkeSa sa) {
        final int seconds = context.config().natKeepaliveSeconds(2);
        if (seconds > 0 && sa.nat.local()) {
            sa.later(Ikev2Context.seconds(seconds), () -> {
                // RFC 3948 section 2.3.
                context.transport().send(sa.path, new byte[] {(byte) 0xff});
                keepNatOpen(sa);
            });
        }
    }

    private void watch(final IkeSa sa) {
        final IkeConfig.Dpd dpd = context.config().dpd(2, sa.path.remote());
        if (dpd.seconds() > 0) {
            sa.later(Ikev2Context.seconds(dpd.seconds()), () -> {
                if (sa.lane.idle() && doubtful(sa, dpd)) {
                    sa.lane.enqueue(new LivenessTask(probes(dpd)));
                }
                watch(sa);
            });
        }
    }

    /** Section 2.4: a peer from which something has come under protection is alive. */
    private boolean doubtful(final IkeSa sa, final IkeConfig.Dpd dpd) {
        final long since = context.timers().nanos() - Ikev2Context.seconds(dpd.seconds());
        if (dpd.periodic()) {
            return true;
        }
        return context.engine().sentSince(sa.path, since) && sa.heardNanos < since && !context.engine().heardSince(sa.path, since);
    }

    /** The new IKE SA takes pairs and waiting requests; the old one only waits for its DELETE. */
    void inherit(final IkeSa old, final IkeSa heir) {
        old.cancelTimers();
        old.successor = heir;
        heir.predecessor = null;
        heir.children.putAll(old.children);
        old.children.clear();
        final List<Task> tasks = old.lane.takeQueue();
        old.lane.shutDown("replaced");
        ready(heir);
        tasks.forEach(heir.lane::enqueue);
        if (old.state != State.DELETING && old.state != State.DEAD) {
            table.to(old, State.REKEYED);
            old.later(LINGER_NANOS, () -> close(old, "replaced", false));
        }
    }

    /** It lost a collision, and the peer will delete it. */
    void redundant(final IkeSa sa) {
        table.to(sa, State.REKEYED);
        sa.later(LINGER_NANOS, () -> close(sa, "replaced", false));
    }

    private void givenUp(final IkeSa sa) {
        if (sa.lane.current() instanceof RekeyIkeTask rekey && rekey.adopt(sa)) {
            close(sa, "replaced", false);
            return;
        }
        if (sa.state == IkeSa.State.READY && alone(sa)) {
            context.engine().peerSilent(sa.path);
        }
        close(sa, "the peer does not answer", false);
    }

    /** The peer has deleted it. */
    void deletedByPeer(final IkeSa sa) {
        if (sa.lane.current() instanceof RekeyIkeTask rekey) {
            rekey.adopt(sa);
        }
        close(sa, "deleted by the peer", true);
    }

    /** Asks the peer to delete it; the pairs under it are void at once. */
    void disconnect(final IkeSa sa, final String reason) {
        if (sa.state != State.READY && sa.state != State.CANDIDATE) {
            if (sa.state == State.CONNECTING || sa.state == State.HALF_OPEN) {
                close(sa, reason, false);
            }
            return;
        }
        final boolean ready = sa.state == State.READY;
        sa.cancelTimers();
        table.to(sa, State.DELETING);
        if (ready) {
            voidChildren(sa, reason);
        }
        sa.lane.failQueue(reason);
        sa.lane.enqueue(new DeleteIkeTask(this));
    }

    /**
     * Ends it without telling the peer.
     *
     * @param linger whether the peer may still ask for our last response.
     */
    void close(final IkeSa sa, final String reason, final boolean linger) {
        if (sa.state == State.DEAD) {
            return;
        }
        final boolean ready = sa.state == State.READY;
        sa.say(() -> "Deleting SA: " + reason);
        sa.cancelTimers();
        table.to(sa, State.DEAD);
        if (linger && !sa.lastResponse.isEmpty()) {
            table.retire(sa);
            sa.later(LINGER_NANOS, () -> table.remove(sa));
        } else {
            table.remove(sa);
        }
        if (ready) {
            voidChildren(sa, reason);
        }
        sa.lane.shutDown(reason);
        sa.outcome(false, reason);
    }

    private boolean alone(final IkeSa sa) {
        return table.newest(sa.path.local(), sa.path.remote(), other -> other != sa && other.state == IkeSa.State.READY) == null;
    }

    private void voidChildren(final IkeSa sa, final String reason) {
        final List<Integer> outbound = sa.children.values().stream().map(child -> child.outboundSpi).toList();
        sa.children.clear();
        if (alone(sa) && sa.successor == null) {
            context.engine().peerGone(sa.path, reason);
        } else if (!outbound.isEmpty()) {
            context.engine().deletedByPeer(sa.path, outbound);
        }
    }

    /** Packets leave through what replaces a pair that ends (section 2.8). */
    void switchOver(final IkeSa sa, final Child ending) {
        for (final Child child : sa.children.values()) {
            final boolean waits = child.outboundWaits && !child.redundant && !child.closing;
            if (waits && child.replaces != null && child.replaces == ending.inboundSpi) {
                child.outboundWaits = false;
                context.engine().useOutbound(child.inboundSpi);
            }
        }
    }

    /** A pair ends; the IPsec manager is told by whoever calls. */
    void forget(final IkeSa sa, final Child child) {
        sa.children.remove(child.inboundSpi);
        if (sa.predecessor != null) {
            sa.predecessor.children.remove(child.inboundSpi);
        }
        switchOver(sa, child);
    }

    /** Deletes a pair at both ends. */
    void deleteChild(final IkeSa sa, final Child child) {
        child.closing = true;
        sa.lane.enqueue(new DeleteChildTask(this, List.of(child.inboundSpi), false, false));
    }
}
