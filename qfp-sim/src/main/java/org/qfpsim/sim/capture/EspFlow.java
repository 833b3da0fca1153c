package org.qfpsim.sim.capture;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * ESP packets of one SA, as seen from outside.
 *
 * @param source      the sender's outer address.
 * @param destination the receiver's outer address.
 * @param spi         as on the wire.
 */
public record EspFlow(IpAddress source, IpAddress destination, int spi) {
}
