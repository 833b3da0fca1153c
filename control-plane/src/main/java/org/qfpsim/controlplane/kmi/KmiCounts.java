package org.qfpsim.controlplane.kmi;

import java.util.EnumMap;
import java.util.Map;
import org.qfpsim.controlplane.ipsec.FlowTotals;
import org.qfpsim.controlplane.ipsec.SaPair;

/** How often IKE and IPsec asked each other for something, and what the pairs that are gone have done. One thread. */
public final class KmiCounts {
    private final Map<Kmi, Long> counts = new EnumMap<>(Kmi.class);
    private final Map<Kmi, Long> cleared = new EnumMap<>(Kmi.class);
    private FlowTotals ended = FlowTotals.NONE;
    private long endedPairs;

    /** What is counted. */
    public enum Kmi {
        /** Pairs that IPsec asked IKE for. */
        REQUESTED,
        /** Pairs that came of it. */
        GRANTED,
        /** Requests that came to nothing. */
        FAILED,
        /** Pairs that peers proposed. */
        PROPOSED,
        /** Proposals that fitted no flow. */
        DECLINED,
        /** Pairs that came of proposals of peers. */
        ACCEPTED,
        /** SPIs that peers have deleted. */
        DELETES_IN,
        /** SPIs that peers were told to delete. */
        DELETES_OUT,
        /** Messages of IKE that came. */
        MESSAGES_IN,
        /** Their octets. */
        OCTETS_IN,
        /** Messages of IKE that went. */
        MESSAGES_OUT,
        /** Their octets. */
        OCTETS_OUT
    }

    void count(final Kmi what, final long by) {
        counts.merge(what, by, Long::sum);
    }

    void ended(final SaPair pair) {
        ended = ended.plus(pair.inboundUse(), pair.outboundUse());
        endedPairs++;
    }

    /**
     * How often.
     *
     * @param what which.
     * @return since the start.
     */
    public long of(final Kmi what) {
        return counts.getOrDefault(what, 0L);
    }

    /**
     * How often, for call admission.
     *
     * @param what which.
     * @return since {@link #clear} was called.
     */
    public long sinceCleared(final Kmi what) {
        return of(what) - cleared.getOrDefault(what, 0L);
    }

    /** {@code clear crypto call admission statistics}. */
    public void clear() {
        cleared.putAll(counts);
    }

    /** What the pairs that are gone have done. */
    public FlowTotals endedTotals() {
        return ended;
    }

    /** How many pairs are gone. */
    public long endedPairs() {
        return endedPairs;
    }
}
