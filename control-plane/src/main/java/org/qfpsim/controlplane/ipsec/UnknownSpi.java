package org.qfpsim.controlplane.ipsec;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * What the datapath says of packets whose SPI it does not know: never the packets themselves. The counters count every packet; this says
 * only who and how many since the last time.
 *
 * @param source          the sender's address as on the wire: of its NAT, if there is one.
 * @param destination     our address.
 * @param spi             as on the wire.
 * @param protocol        50 (ESP) or 51 (AH).
 * @param sourcePort      UDP source port if ESP came in UDP (RFC 3948), otherwise 0.
 * @param destinationPort UDP destination port, or 0.
 * @param inputInterface  where they came in, such as {@code GigabitEthernet0/0/0}.
 * @param packets         since the last notification about the same source, destination and SPI; 1 or more.
 */
public record UnknownSpi(IpAddress source, IpAddress destination, int spi, int protocol, int sourcePort, int destinationPort,
                         String inputInterface, long packets) {
    /** Whether they came in UDP. */
    public boolean udp() {
        return destinationPort != 0;
    }
}
