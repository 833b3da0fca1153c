package org.qfpsim.datapath.sa;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the security policy database (RFC 4301 section 4.4.1), first match wins.
 *
 * @param name      what reports call it.
 * @param direction of the packets that it looks at.
 * @param selector  which packets.
 * @param action    what is to become of them.
 * @param saName    for an outbound {@link Action#PROTECT}: the name of the outbound SA, or null while there is none.
 */
public record PolicyRule(String name, Direction direction, TrafficSelector selector, Action action, @Nullable String saName) {
    /** The side of the protection boundary that a packet comes from. */
    public enum Direction {
        /** From the unprotected side: such a packet should have come through an SA. */
        INBOUND,
        /** From the protected side: such a packet should leave through an SA. */
        OUTBOUND
    }

    /** What a rule asks for. */
    public enum Action {
        /** IPsec is required. */
        PROTECT,
        /** Passes in clear text. */
        BYPASS,
        /** Is dropped (outbound: types 35 and 40). */
        DENY_DROP
    }
}
