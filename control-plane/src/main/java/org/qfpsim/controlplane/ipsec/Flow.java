package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;

/** A flow with its pairs of SAs. Written by the IPsec manager only. */
public final class Flow {
    /** No request is under way, and none may be held back. */
    static final long IDLE = Long.MIN_VALUE;

    private final FlowSpec spec;
    private final @Nullable FlowSpec template;
    private final List<SaPair> pairs = new ArrayList<>();
    private FlowTotals gone = FlowTotals.NONE;
    private long notBefore = IDLE;

    Flow(final FlowSpec spec, final @Nullable FlowSpec template) {
        this.spec = spec;
        this.template = template;
    }

    /** The configuration; for a peer that came by itself, with its address. */
    public FlowSpec spec() {
        return spec;
    }

    /** The template that it was made from, or null if it is configured as it is. */
    public @Nullable FlowSpec template() {
        return template;
    }

    /** What is negotiated for it. */
    public ChildPolicy policy() {
        return spec.policy();
    }

    /** The crypto map entry's or tunnel's name. */
    public String name() {
        return spec.policy().name();
    }

    /** Its number. */
    public int id() {
        return spec.policy().id();
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
