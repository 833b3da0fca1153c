package org.qfpsim.controlplane.recovery;

import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * What packets with an unknown SPI are told apart by.
 *
 * @param source      the sender.
 * @param destination our address.
 * @param spi         as on the wire.
 */
public record SpiKey(IpAddress source, IpAddress destination, int spi) {
    static SpiKey of(final UnknownSpi what) {
        return new SpiKey(what.source(), what.destination(), what.spi());
    }

    static String hex(final int spi) {
        return "0x%08X".formatted(spi);
    }
}
