package org.qfpsim.controlplane.ipsec;

/**
 * What SAs have done together.
 *
 * @param packetsIn  packets that came out of inbound SAs.
 * @param octetsIn   their payload.
 * @param packetsOut packets that went into outbound SAs.
 * @param octetsOut  their payload.
 * @param replayed   packets that a replay window refused.
 * @param unverified packets whose integrity check failed.
 */
public record FlowTotals(long packetsIn, long octetsIn, long packetsOut, long octetsOut, long replayed, long unverified) {
    /** Nothing yet. */
    public static final FlowTotals NONE = new FlowTotals(0, 0, 0, 0, 0, 0);

    /**
     * With another inbound and another outbound SA.
     *
     * @param in  what came in.
     * @param out what went out.
     * @return the sum.
     */
    public FlowTotals plus(final IpsecDatapath.Use in, final IpsecDatapath.Use out) {
        return new FlowTotals(packetsIn + in.packets(), octetsIn + in.octets(), packetsOut + out.packets(), octetsOut + out.octets(),
            replayed + in.replayed(), unverified + in.unverified());
    }

    /**
     * What was done since an earlier time.
     *
     * @param earlier as it was then.
     * @return the difference.
     */
    public FlowTotals minus(final FlowTotals earlier) {
        return new FlowTotals(packetsIn - earlier.packetsIn, octetsIn - earlier.octetsIn, packetsOut - earlier.packetsOut,
            octetsOut - earlier.octetsOut, replayed - earlier.replayed, unverified - earlier.unverified);
    }
}
