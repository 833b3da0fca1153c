package org.qfpsim.controlplane.ike.v1;

import java.util.List;

/**
 * A proposal (RFC 2408 section 3.5). Proposals of the same number belong together, which only AH with ESP needs: they are refused.
 *
 * @param number     as the initiator counts.
 * @param protocol   {@link Isakmp#PROTO_ISAKMP} or {@link Isakmp#PROTO_ESP}.
 * @param spi        the sender's; empty in phase 1.
 * @param transforms the preferred one first.
 */
record Proposal(int number, int protocol, byte[] spi, List<Transform> transforms) {
    Proposal {
        transforms = List.copyOf(transforms);
    }

    /** The SPI of ESP. */
    int espSpi() throws MalformedException {
        if (spi.length != Integer.BYTES) {
            throw new MalformedException("an ESP SPI of " + spi.length + " octets");
        }
        return java.nio.ByteBuffer.wrap(spi).getInt();
    }
}
