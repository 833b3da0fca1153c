package org.qfpsim.controlplane.ipsec;

import java.util.List;
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
 * @param peers         whom it may be with; the policy names the first.
 */
public record FlowSpec(ChildPolicy policy, Attachment attachment, String interfaceName, @Nullable Manual manual,
                       PeerList peers) {
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

    /**
     * A flow with one peer, or a template.
     *
     * @param policy        what is protected and how.
     * @param attachment    how it is configured.
     * @param interfaceName where it is applied.
     * @param manual        session keys instead of IKE, or null.
     */
    public FlowSpec(final ChildPolicy policy, final Attachment attachment, final String interfaceName, final @Nullable Manual manual) {
        this(policy, attachment, interfaceName, manual,
            policy.peer() == null ? PeerList.NONE : new PeerList(List.of(policy.peer()), false));
    }

    /** Whether peers come by themselves. */
    public boolean template() {
        return policy.peer() == null;
    }
}
