package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.datapath.packet.IpAddress;

/** A flow with its pairs of SAs. Written by the IPsec manager only. */
public final class Flow {
    /** No request is under way, and none may be held back. */
    static final long IDLE = Long.MIN_VALUE;

    private final FlowSpec spec;
    private final @Nullable FlowSpec template;
    private final List<SaPair> pairs = new ArrayList<>();
    private FlowTotals gone = FlowTotals.NONE;
    private ChildPolicy policy;
    /** Peers that have not answered since the connection was begun. */
    private int silent;
    private long notBefore = IDLE;

    Flow(final FlowSpec spec, final @Nullable FlowSpec template) {
        this.spec = spec;
        this.template = template;
        policy = spec.policy();
    }

    /** The configuration; for a peer that came by itself, with its address. */
    public FlowSpec spec() {
        return spec;
    }

    /** The template that it was made from, or null if it is configured as it is. */
    public @Nullable FlowSpec template() {
        return template;
    }

    /** What is negotiated for it, with the peer that is its own just now. */
    public ChildPolicy policy() {
        return policy;
    }

    /** A pair with one of its peers is there: that is the one. */
    void connected(final IpAddress peer) {
        silent = 0;
        turnTo(peer);
    }

    /**
     * A request came to nothing.
     *
     * @param peer who was asked.
     * @return whether there is another one to ask now; when each has been asked once, there is not.
     */
    boolean refused(final IpAddress peer) {
        if (spec.peers().size() < 2 || !peer.equals(policy.peer())) {
            return false;
        }
        silent++;
        if (silent < spec.peers().size()) {
            turnTo(spec.peers().after(peer));
            return true;
        }
        silent = 0;
        turnTo(spec.peers().afterSilenceOf(peer));
        return false;
    }

    /** A peer does not answer any more: the next connection is with another one. */
    void dead(final IpAddress peer) {
        if (spec.peers().size() > 1 && peer.equals(policy.peer())) {
            silent = 0;
            turnTo(spec.peers().afterSilenceOf(peer));
        }
    }

    private void turnTo(final IpAddress peer) {
        if (spec.peers().has(peer) && !peer.equals(policy.peer())) {
            policy = policy.with(peer);
        }
    }

    /** The crypto map entry's or tunnel's name. */
    public String name() {
        return policy.name();
    }

    /** Its number. */
    public int id() {
        return policy.id();
    }

    /** Its pairs, the oldest first. */
    public List<SaPair> pairs() {
        return List.copyOf(pairs);
    }

    /** The pair that packets leave through, or null. */
    public @Nullable SaPair active() {
        SaPair found = null;
        for (final SaPair pair : pairs) {
            found = pair.is(SaPair.State.ACTIVE) ? pair : found;
        }
        return found;
    }

    /** What all of its SAs have done, gone ones included. */
    public FlowTotals totals() {
        FlowTotals sum = gone;
        for (final SaPair pair : pairs) {
            sum = sum.plus(pair.inboundUse(), pair.outboundUse());
        }
        return sum;
    }

    /** What an SA did that another one stands for now. */
    void carry(final IpsecDatapath.Use in, final IpsecDatapath.Use out) {
        gone = gone.plus(in, out);
    }

    /** Whether a pair is there or asked for. */
    boolean waiting() {
        return pairs.stream().anyMatch(pair -> pair.is(SaPair.State.INBOUND_ONLY));
    }

    void add(final SaPair pair) {
        pairs.add(pair);
    }

    void remove(final SaPair pair) {
        carry(pair.inboundUse(), pair.outboundUse());
        pairs.remove(pair);
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** Time before which no other pair is asked for. */
    long notBefore() {
        return notBefore;
    }

    void notBefore(final long nanos) {
        notBefore = nanos;
    }
}
