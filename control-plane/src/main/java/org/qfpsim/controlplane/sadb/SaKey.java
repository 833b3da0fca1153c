package org.qfpsim.controlplane.sadb;

import java.nio.ByteBuffer;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * What a record is found by. Both SAs of a pair are found by our SPI: the peer's own is unique among the SAs of that peer only.
 *
 * @param local      our address.
 * @param inboundSpi our SPI of the pair.
 * @param direction  which of the two SAs.
 */
public record SaKey(IpAddress local, int inboundSpi, SaRecord.Direction direction) {
    /** Octets of a key in the database. */
    static final int BYTES = 24;

    /** Family (1), direction (1), zero (2), SPI (4), address (16): the same length for both families, as the database's slots are. */
    byte[] octets() {
        return ByteBuffer.allocate(BYTES)
            .put((byte) (local.v6() ? 6 : 4)).put((byte) direction.ordinal()).putShort((short) 0).putInt(inboundSpi)
            .putLong(local.high()).putLong(local.low()).array();
    }
}
