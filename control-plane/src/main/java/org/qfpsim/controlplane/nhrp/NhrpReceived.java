package org.qfpsim.controlplane.nhrp;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * A packet that has come in and is authentic as far as that goes.
 *
 * @param tunnel that it came out of.
 * @param outer  source of its outer header: who has sent it last.
 * @param packet what it says.
 * @param octets as they were.
 */
record NhrpReceived(NhrpTunnel tunnel, IpAddress outer, NhrpPacket packet, byte[] octets) {
}
