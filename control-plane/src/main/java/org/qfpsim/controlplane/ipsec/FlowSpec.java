package org.qfpsim.controlplane.ipsec;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.datapath.crypto.EspKeys;

/**
 * A flow as the configuration has it.
 *
 * @param policy        what is protected and how; without a peer it is a template, from which a flow is made for each peer that comes.
 * @param attachment    how it is configured.
 * @param interfaceName where it is applied.
 * @param manual        session keys instead of IKE, or null.
 */
public record FlowSpec(ChildPolicy policy, Attachment attachment, String interfaceName, @Nullable Manual manual) {
    /**
     * Session keys of {@code set session-key inbound|outbound esp}.
     *
     * @param inboundSpi   SPI of packets to us, 256 or more.
     * @param inboundKeys  their keys, of the policy's first suite.
     * @param outboundSpi  SPI of packets to the peer.
     * @param outboundKeys their keys.
     */
    public record Manual(int inboundSpi, EspKeys inboundKeys, int outboundSpi, EspKeys outboundKeys) {
    }

    /** Whether peers come by themselves. */
    public boolean template() {
        return policy.peer() == null;
    }
}
