package org.qfpsim.datapath.route;

import org.agrona.DirectBuffer;

/** Takes what a router's datapath sends up; on the control plane's thread. */
@FunctionalInterface
public interface PuntHandler {
    /**
     * Takes a packet; the bytes are only valid during the call.
     *
     * @param punt   why, and where from.
     * @param buffer where it is.
     * @param offset first octet.
     * @param length octets.
     */
    void punted(Punt punt, DirectBuffer buffer, int offset, int length);
}
