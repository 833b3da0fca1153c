package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Protection;
import org.qfpsim.controlplane.ike.v2.wire.Reassembly;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.time.Timers;

/** State of one IKE SA. The classes of this package change it; all on the control plane's thread. */
final class IkeSa {
    /** Where it is in its life. */
    enum State {
        /** We have asked for it. */
        CONNECTING("IN-NEG"),
        /** A peer has asked for it and has not proved who it is. */
        HALF_OPEN("IN-NEG"),
        /** Up. */
        READY("READY"),
        /** Born of a rekey that collided with ours, until it is known which one stays. */
        CANDIDATE("REKEY"),
        /** Replaced; waits for its DELETE. */
        REKEYED("REKEY"),
        /** We have asked the peer to delete it. */
        DELETING("DELETE"),
        /** Gone; kept a while to send its last response again. */
        DEAD("DELETE");

        private final String text;

        State(final String text) {
            this.text = text;
        }

        /** As show commands say it. */
        String text() {
            return text;
        }
    }

    /** Algorithms and keys, once they are agreed. */
    record Secured(IkeSuite suite, IkeKeys keys, Protection out, Protection in) {
    }

    final int id;
    final int session;
    final boolean initiator;
    final long localSpi;
    final long createdNanos;
    final RequestLane lane;
    final Map<Integer, Child> children = new LinkedHashMap<>();
    final Reassembly requestFragments = new Reassembly();
    final Reassembly responseFragments = new Reassembly();
    /** The peer's SPIs that it has deleted while our request, which may be about one of them, waits for its response. */
    final Set<Integer> deletedEarly = new HashSet<>();
    final List<Timers.Timer> timers = new ArrayList<>();
    long remoteSpi;
    IkePath path;
    State state;
    NatDetection nat = new NatDetection(false, false);
    boolean fragmentation;
    @Nullable IkeIdentity peerIdentity;
    long readyNanos;
    long heardNanos;
    long seconds;
    /** The IKE SA that has taken its place, or from which it has taken it. */
    @Nullable IkeSa successor;
    @Nullable IkeSa predecessor;
    /** Our IKE_SA_INIT message and the peer's, which AUTH covers. */
    byte[] firstRequest = new byte[0];
    byte[] firstResponse = new byte[0];
    /** Nonces of IKE_SA_INIT, until IKE_AUTH is done. */
    byte[] ni = new byte[0];
    byte[] nr = new byte[0];
    /** Who waits for it to come up. */
    final List<IkeService.Outcome> outcomes = new ArrayList<>();
    /** Where the peer's IKE_SA_INIT came from. */
    @Nullable IkePath firstPath;
    /** The message id that the peer's next request must have. */
    int nextRequest;
    List<byte[]> lastResponse = List.of();

    private final Ikev2Context context;
    private @Nullable Secured secured;

    IkeSa(final int id, final int session, final boolean initiator, final long localSpi, final IkePath path, final State state,
          final Ikev2Context context, final Counters counters, final Consumer<IkeSa> givenUp) {
        this.id = id;
        this.session = session;
        this.initiator = initiator;
        this.localSpi = localSpi;
        this.path = path;
        this.state = state;
        this.context = context;
        createdNanos = context.timers().nanos();
        lane = new RequestLane(this, context, counters, givenUp);
    }

    void secure(final IkeSuite suite, final IkeKeys keys) {
        final Protection initiators = new Protection(suite.cipher(), keys.ei(), suite.integrity(), keys.ai(), context.random());
        final Protection responders = new Protection(suite.cipher(), keys.er(), suite.integrity(), keys.ar(), context.random());
        secured = new Secured(suite, keys, initiator ? initiators : responders, initiator ? responders : initiators);
        context.keyLog().ikev2(initiatorSpi(), responderSpi(), suite.cipher(), keys.ei(), keys.er(), suite.integrity(), keys.ai(),
            keys.ar());
    }

    boolean isSecured() {
        return secured != null;
    }

    Secured secured() {
        final Secured now = secured;
        if (now == null) {
            throw new IllegalStateException("IKE SA " + id + " has no keys yet");
        }
        return now;
    }

    long initiatorSpi() {
        return initiator ? localSpi : remoteSpi;
    }

    long responderSpi() {
        return initiator ? remoteSpi : localSpi;
    }

    /** Whether requests may be sent. */
    boolean speaks() {
        return state != State.REKEYED && state != State.DEAD && state != State.HALF_OPEN;
    }

    Header header(final int exchange, final boolean response, final int messageId) {
        return new Header(initiatorSpi(), responderSpi(), 0, exchange, initiator, response, messageId);
    }

    List<byte[]> seal(final Header header, final List<Payload> payloads, final int mtu) {
        return secured().out().seal(header, payloads, fragmentation ? mtu : 0);
    }

    /** Tells those who wait; once. */
    void outcome(final boolean established, final String reason) {
        final List<IkeService.Outcome> waiting = List.copyOf(outcomes);
        outcomes.clear();
        waiting.forEach(one -> one.done(established, reason));
    }

    void later(final long nanos, final Runnable action) {
        timers.removeIf(timer -> !timer.isPending());
        timers.add(context.timers().after(nanos, action));
    }

    void cancelTimers() {
        timers.forEach(Timers.Timer::cancel);
        timers.clear();
    }

    /** The IKE SA that now stands for this one. */
    IkeSa latest() {
        IkeSa sa = this;
        while (sa.successor != null) {
            sa = sa.successor;
        }
        return sa;
    }

    /** The pair with a peer's SPI: ours to send to, the peer's to receive. */
    @Nullable Child byOutbound(final int outboundSpi) {
        for (final Child child : children.values()) {
            if (child.outboundSpi == outboundSpi) {
                return child;
            }
        }
        return predecessor == null || predecessor.state == State.DEAD ? null : predecessor.byOutbound(outboundSpi);
    }

    void say(final Supplier<String> line) {
        context.log().debug(Debug.CRYPTO_IKEV2, path.remote(),
            () -> "IKEv2:(SESSION ID = " + session + ",SA ID = " + id + "):" + line.get());
    }
}
