package org.qfpsim.datapath.feature;

/**
 * What becomes of a packet, as one int: a kind in bits 16 to 23, the platform's number of the drop or punt cause in the low 16.
 */
public final class Verdict {
    /** No feature has decided yet. */
    public static final int NONE = 0;
    /** Leaves the router. */
    public static final int FORWARD = 1 << 16;
    /** Dropped by the IPsec feature; the number is an {@code IpsecDrop}. */
    public static final int DROP_IPSEC = 2 << 16;
    /** Dropped; the number is a {@code GlobalDrop}. */
    public static final int DROP_GLOBAL = 3 << 16;
    /** Goes to the control plane; the number is a {@code PuntCause}. */
    public static final int PUNT = 4 << 16;
    /** Ends here without being an error; the number is one of the {@code CONSUMED_} constants. */
    public static final int CONSUME = 5 << 16;
    /** A fragment for this router: gather adds it to its datagram. */
    public static final int REASSEMBLE = 6 << 16;
    /** Leaves through an outbound SA: gather gives it a sequence number and seals it. */
    public static final int PROTECT = 7 << 16;

    /** Gather routes it: a clear packet of a routed pipeline, for this router or not. */
    public static final int ROUTE = 8 << 16;

    /** A dummy packet (RFC 4303 section 2.6). */
    public static final int CONSUMED_DUMMY = 1;
    /** A NAT keepalive (RFC 3948 section 2.3). */
    public static final int CONSUMED_KEEPALIVE = 2;
    /** A fragment whose datagram was completed by a later one. */
    public static final int CONSUMED_FRAGMENT = 3;

    private static final int KIND_MASK = 0xff << 16;
    private static final int NUMBER_MASK = 0xffff;

    private Verdict() {
    }

    /**
     * The kind of a verdict.
     *
     * @param verdict a verdict.
     * @return one of the kinds above.
     */
    public static int kind(final int verdict) {
        return verdict & KIND_MASK;
    }

    /**
     * Whether a packet is lost.
     *
     * @param verdict a verdict.
     * @return whether its kind is one of the two drops.
     */
    public static boolean isDrop(final int verdict) {
        final int kind = kind(verdict);
        return kind == DROP_IPSEC || kind == DROP_GLOBAL;
    }

    /**
     * The number of a verdict.
     *
     * @param verdict a verdict.
     * @return drop id, punt cause or consume reason.
     */
    public static int number(final int verdict) {
        return verdict & NUMBER_MASK;
    }
}
