package org.qfpsim.datapath.trace;

/**
 * A step of a packet's path. In a record a step has 80 octets:
 *
 * <pre>
 *    0 ordinal (4)   4 input interface (4)   8 output interface (4)   12 nanoseconds (4)   16 eight numbers, by kind (64)
 *
 *   IP_INPUT                  version, protocol | ports &lt;&lt; 32, source (2), destination (2)
 *   IPSEC_INPUT               SPI | ICV status &lt;&lt; 32 | V6, sequence number, source (2), destination (2), SA + 1, verdict
 *   GRE_INPUT                 protocol type, key or -1
 *   LOOKUP                    version, -, -, -, destination (2)
 *   NHRP                      whether found, -, next hop (2), NBMA address (2), hop's version, NBMA address's
 *   GRE_OUTPUT                version, key or -1, source (2), destination (2)
 *   IPSEC_OUTPUT              SPI | V6, sequence number, source (2), destination (2), flow + 1, verdict
 *   L2_REWRITE                octets of the frame
 *   PUNT                      cause
 * </pre>
 */
public enum TraceStep {
    /** The IP header of a packet that came in by an interface, from the wire or out of a tunnel. */
    IP_INPUT(true),
    /** The SA of an ESP packet is looked for. */
    SA_LOOKUP(false),
    /** An ESP packet is judged: integrity, replay, what was in it. */
    IPSEC_INPUT(true),
    /** What GRE carried comes in by its tunnel. */
    GRE_INPUT(true),
    /** A fragment is added to its datagram. */
    REASSEMBLY(false),
    /** The route to the destination. */
    LOOKUP(false),
    /** The next hop of a multipoint tunnel. */
    NHRP(true),
    /** GRE and an outer header are put in front. */
    GRE_OUTPUT(true),
    /** The packet is sealed. */
    IPSEC_OUTPUT(true),
    /** The frame is put together and leaves. */
    L2_REWRITE(false),
    /** The packet goes up. */
    PUNT(false);

    /** With an SPI: the addresses are of IPv6. */
    public static final long V6 = 1L << 40;

    private static final TraceStep[] ALL = values();

    private final boolean feature;

    TraceStep(final boolean feature) {
        this.feature = feature;
    }

    /** Whether a path shows it without {@code fia-trace}. */
    public boolean feature() {
        return feature;
    }

    static TraceStep of(final int ordinal) {
        return ALL[ordinal];
    }
}
