package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;

/** An ISAKMP SA: what phase 1 finds out, and the exchanges that go on under it. */
final class IsakmpSa {
    /** States in the platform's words. */
    enum State {
        MM_NO_STATE, MM_SA_SETUP, MM_KEY_EXCH, AG_NO_STATE, AG_INIT_EXCH, CONF_XAUTH, QM_IDLE
    }

    private final Ikev1Context context;
    private final boolean initiator;
    private final long cookieI;
    private final long createdNanos;
    private final List<ChildRequest> waiting = new ArrayList<>();
    private final List<IkeService.Outcome> outcomes = new ArrayList<>();
    private final Exchanges exchanges = new Exchanges();
    private final Upkeep upkeep;
    private long cookieR;
    private IkePath path;
    private State state;
    private String machine = "IKE_READY";
    private boolean gone;
    private boolean admitted;
    private int id;
    private @Nullable Phase1 phase1;
    private @Nullable Phase1Transform chosen;
    private @Nullable Ikev1Keys keys;
    private @Nullable CbcChain phase1Chain;
    private @Nullable IkeIdentity peerIdentity;
    private Peer peer = Peer.UNKNOWN;

    /**
     * What is known of the other end.
     *
     * @param dpd       whether it knows DPD.
     * @param natT      whether NAT traversal is agreed.
     * @param natLocal  whether a NAT is in front of us.
     * @param natRemote whether a NAT is in front of it.
     */
    record Peer(boolean dpd, boolean natT, boolean natLocal, boolean natRemote) {
        static final Peer UNKNOWN = new Peer(false, false, false, false);

        boolean nat() {
            return natLocal || natRemote;
        }
    }

    IsakmpSa(final Ikev1Context context, final boolean initiator, final boolean aggressive, final IkePath path, final long cookieI,
             final long cookieR) {
        this.context = context;
        this.initiator = initiator;
        this.path = path;
        this.cookieI = cookieI;
        this.cookieR = cookieR;
        state = aggressive ? State.AG_NO_STATE : State.MM_NO_STATE;
        createdNanos = context.timers().nanos();
        upkeep = new Upkeep(this);
    }

    /** The user that the peer has named may come in (XAUTH, server). */
    void admit() {
        admitted = true;
    }

    boolean isAdmitted() {
        return admitted;
    }

    Ikev1Context context() {
        return context;
    }

    boolean initiator() {
        return initiator;
    }

    long cookieI() {
        return cookieI;
    }

    long cookieR() {
        return cookieR;
    }

    IkePath path() {
        return path;
    }

    State state() {
        return state;
    }

    long createdNanos() {
        return createdNanos;
    }

    int id() {
        return id;
    }

    Peer peer() {
        return peer;
    }

    void peer(final Peer known) {
        peer = known;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    List<ChildRequest> waiting() {
        return waiting;
    }

    List<IkeService.Outcome> outcomes() {
        return outcomes;
    }

    @Nullable IkeIdentity peerIdentity() {
        return peerIdentity;
    }

    void peerIdentity(final IkeIdentity identity) {
        peerIdentity = identity;
    }

    @Nullable Phase1Transform chosen() {
        return chosen;
    }

    void chosen(final Phase1Transform transform) {
        chosen = transform;
    }

    @Nullable Phase1 phase1() {
        return phase1;
    }

    void phase1(final Phase1 exchange) {
        phase1 = exchange;
    }

    /** The responder has answered. */
    void bind(final long responder) {
        cookieR = responder;
        context.table().bind(this);
    }

    /** The keys are known: the SA gets its id. */
    void keys(final Ikev1Keys derived, final CbcChain chain) {
        keys = derived;
        phase1Chain = chain;
        id = context.table().nextId();
        context.keyLog().ikev1(cookieI, derived.key().clone());
    }

    /** The keys, in a state that has them. */
    Ikev1Keys keys() {
        if (keys == null) {
            throw new IllegalStateException("phase 1 has no keys yet");
        }
        return keys;
    }

    /** A chain of IVs for an exchange after phase 1. */
    CbcChain chain(final int messageId) {
        if (phase1Chain == null) {
            throw new IllegalStateException("phase 1 has no keys yet");
        }
        return new CbcChain(keys(), keys().laterIv(phase1Chain.last(), messageId));
    }

    /** Whether phase 1 is complete; XAUTH may still be missing. */
    boolean authenticated() {
        return !gone && (state == State.QM_IDLE || state == State.CONF_XAUTH);
    }

    /** Whether Quick Mode can go on. */
    boolean usable() {
        return !gone && state == State.QM_IDLE;
    }

    boolean gone() {
        return gone;
    }

    /** Marks it as removed. */
    void leave() {
        gone = true;
        upkeep.stop();
        exchanges.clear();
    }

    Exchanges exchanges() {
        return exchanges;
    }

    /** An authenticated message came this way: if the NAT in front of the peer has moved it, everything follows (RFC 3947 section 4). */
    void heard(final IkePath from) {
        upkeep.heard();
        if (!from.equals(path) && peer.natRemote() && from.localPort() == path.localPort() && from.local().equals(path.local())) {
            final IkePath before = path;
            path = from;
            context.table().moved(this, before.remote());
            context.engine().pathChanged(before, from);
        }
    }

    /** Phase 1 goes on over other ports (RFC 3947 section 4). */
    void floatTo(final IkePath other) {
        path = other;
    }

    /** Sends a message as it is. */
    void transmit(final byte[] octets) {
        transmit(octets, path);
    }

    /** Sends a message to where the peer may be. */
    void transmit(final byte[] octets, final IkePath to) {
        context.debug(to.remote(), () -> "ISAKMP-PAK: (" + id + "):sending packet to " + to.remote() + " my_port " + to.localPort()
            + " peer_port " + to.remotePort() + " (" + role() + ") " + state);
        context.send(to, octets);
    }

    /** {@code I} or {@code R}. */
    String role() {
        return initiator ? "I" : "R";
    }

    void state(final State next) {
        state = next;
    }

    /** A step of the phase 1 state machine, as the platform's debug shows it. */
    void step(final String input, final String next) {
        debug(() -> "Input = " + input);
        final String old = machine;
        debug(() -> "Old State = " + old + "  New State = " + next + " ");
        machine = next;
    }

    void debug(final Supplier<String> text) {
        debug("ISAKMP: ", text);
    }

    void debug(final String prefix, final Supplier<String> text) {
        context.debug(path.remote(), () -> prefix + "(" + id + "):" + text.get());
    }

    /** For show commands. */
    IkeService.IkeSaInfo info() {
        return new IkeService.IkeSaInfo(id, path, initiator, state.name(), List.of(cookieI, cookieR),
            chosen == null ? "" : chosen.cipher().text(), chosen == null ? "" : chosen.hash().text(),
            chosen == null ? 0 : chosen.group().number(), peerIdentity, peer.nat(), createdNanos, chosen == null ? 0 : chosen.seconds());
    }
}
