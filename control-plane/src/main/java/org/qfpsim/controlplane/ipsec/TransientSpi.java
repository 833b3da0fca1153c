package org.qfpsim.controlplane.ipsec;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * An SPI that IKE has taken for an SA that is not installed yet.
 *
 * @param spi   ours.
 * @param peer  whom it was taken for.
 * @param nanos when.
 */
public record TransientSpi(int spi, IpAddress peer, long nanos) {
}
