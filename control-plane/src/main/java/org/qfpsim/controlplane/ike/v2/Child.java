package org.qfpsim.controlplane.ike.v2;

import org.jspecify.annotations.Nullable;

/** What IKE remembers of a pair of IPsec SAs; the IPsec manager has the rest. */
final class Child {
    final int inboundSpi;
    final int outboundSpi;
    /** Our SPI of the pair that it replaces. */
    final @Nullable Integer replaces;
    /** We have begun to delete it, or will with the next request. */
    boolean closing;
    /** Another pair has taken its place; it waits for its DELETE. */
    boolean replaced;
    /** Packets leave through the pair that it replaces until that is deleted (RFC 7296 section 2.8). */
    boolean outboundWaits;
    /** It has lost a collision (section 2.8.1) and waits for its DELETE. */
    boolean redundant;

    Child(final int inboundSpi, final int outboundSpi, final @Nullable Integer replaces) {
        this.inboundSpi = inboundSpi;
        this.outboundSpi = outboundSpi;
        this.replaces = replaces;
    }
}
