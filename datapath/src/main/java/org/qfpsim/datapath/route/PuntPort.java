package org.qfpsim.datapath.route;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.counters.CounterBlock;

/** The policed way to the control plane, as the forwarder sees it. */
public interface PuntPort {
    /**
     * Offers a packet, and counts it with its cause and its policer.
     *
     * @param block    whose counters it goes to.
     * @param cause    a {@code PuntCause}.
     * @param nanos    time of the packet.
     * @param frame    whether it begins with an Ethernet header.
     * @param port     interface, or {@link RoutedConfig#NO_INTERFACE}.
     * @param icmp     for cause 26 the error wanted, otherwise 0.
     * @param hopHigh  for causes 10 and 24 the next hop.
     * @param hopLow   for causes 10 and 24 the next hop.
     * @param buffer   where it is; copied.
     * @param offset   first octet.
     * @param length   octets.
     * @return {@code Verdict.NONE} if it is on its way, otherwise a global drop.
     */
    int offer(CounterBlock block, int cause, long nanos, boolean frame, int port, int icmp, long hopHigh, long hopLow, DirectBuffer buffer,
              int offset, int length);
}
