package org.qfpsim.datapath.pipeline;

import org.agrona.concurrent.UnsafeBuffer;

/** Where packets leave: a sink, a capture, a link. Called by gather, in the order of arrival; must not wait. */
@FunctionalInterface
public interface Egress {
    /**
     * Takes an IP packet; the bytes are only valid during the call.
     *
     * @param buffer the packet memory.
     * @param offset first octet of the IP header.
     * @param length octets.
     * @param nanos  time of the packet.
     * @return false if there is no room: the packet is counted as tail drop.
     */
    boolean transmit(UnsafeBuffer buffer, int offset, int length, long nanos);
}
