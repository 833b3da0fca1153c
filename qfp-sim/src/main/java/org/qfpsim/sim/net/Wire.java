package org.qfpsim.sim.net;

import org.agrona.DirectBuffer;

/** Where a node puts the frames that it sends. May be called from any of the node's threads. */
@FunctionalInterface
public interface Wire {
    /**
     * Sends a frame, now. What is connected to the interface decides what becomes of it; an interface with nothing connected loses it.
     * With threads the node must send in an order that does not depend on their timing, or runs are not repeatable.
     *
     * @param interfaceIndex which of the node's interfaces.
     * @param frame          the octets; copied before this returns.
     * @param offset         where the Ethernet header starts.
     * @param length         octets without frame check sequence, from 14.
     */
    void send(int interfaceIndex, DirectBuffer frame, int offset, int length);

    /** Whether time passes by itself while nodes work. */
    default boolean isRealTime() {
        return false;
    }
}
