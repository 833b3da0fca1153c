package org.qfpsim.datapath.route;

import org.agrona.concurrent.UnsafeBuffer;

/** Where frames leave a router. Called by gather, in the order of arrival; must not wait. */
@FunctionalInterface
public interface FrameEgress {
    /**
     * Takes an Ethernet frame; the bytes are only valid during the call.
     *
     * @param interfaceIndex the interface that it leaves through.
     * @param buffer         where it is.
     * @param offset         first octet of the Ethernet header.
     * @param length         octets, without frame check sequence.
     * @param nanos          time of the packet.
     * @return false if there is no room: the packet is counted as tail drop.
     */
    boolean transmit(int interfaceIndex, UnsafeBuffer buffer, int offset, int length, long nanos);
}
