package org.qfpsim.sim.outside;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** A way out that carries IPv4 packets and knows nothing of Ethernet. Threads as with {@link OutsidePort}. */
interface IpPort extends AutoCloseable {
    /** Where packets are put, in a buffer that has room for an Ethernet header in front of them. */
    int ROOM = 14;

    /**
     * Waits for packets, a tenth of a second at most, and hands on what has come.
     *
     * @param sink gets each with {@link #ROOM} octets in front that it may overwrite.
     * @return how many.
     * @throws IOException if the port is gone or down; the next call tries again.
     */
    int receive(OutsidePort.FrameSink sink) throws IOException;

    /**
     * Sends a packet.
     *
     * @param packet its octets; copied.
     * @param offset where the IP header starts.
     * @param length octets.
     * @return false if it is lost.
     */
    boolean send(DirectBuffer packet, int offset, int length);

    @Override
    void close();
}
