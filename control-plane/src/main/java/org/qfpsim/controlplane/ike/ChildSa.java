package org.qfpsim.controlplane.ike;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * A pair of IPsec SAs as IKE has negotiated it.
 *
 * @param policy       what it was negotiated for.
 * @param path         the IKE SA's addresses and ports; ESP travels in UDP between them if {@code udp}.
 * @param udp          whether a NAT was found.
 * @param inboundSpi   our SPI.
 * @param outboundSpi  the peer's SPI.
 * @param suite        the algorithms.
 * @param mode         tunnel or transport.
 * @param esn          whether extended sequence numbers were negotiated.
 * @param inboundKeys  keys of packets to us.
 * @param outboundKeys keys of packets to the peer.
 * @param selector     what was agreed, as a packet leaves.
 * @param seconds      lifetime as agreed (IKEv1: the smaller one) or configured.
 * @param kilobytes    lifetime by volume; 0 means no limit.
 * @param initiator    whether we asked for it.
 * @param replaces     our SPI of the SA that it replaces, or null; the old SA stays until it is deleted or expires.
 */
public record ChildSa(ChildPolicy policy, IkePath path, boolean udp, int inboundSpi, int outboundSpi, EspSuite suite, SaSpec.Mode mode,
                      boolean esn, EspKeys inboundKeys, EspKeys outboundKeys, TrafficSelector selector, long seconds, long kilobytes,
                      boolean initiator, @Nullable Integer replaces) {
}
