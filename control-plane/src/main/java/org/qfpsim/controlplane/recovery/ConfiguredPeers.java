package org.qfpsim.controlplane.recovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.datapath.packet.IpAddress;

/** {@link KnownPeers} as it follows from the flows of the configuration: who has an address there is known, who came by himself is not. */
public final class ConfiguredPeers implements KnownPeers {
    private final Map<IpAddress, FlowSpec> byPeer = new HashMap<>();
    private List<FlowSpec> templates = List.of();

    /**
     * Takes another configuration.
     *
     * @param specs its flows, the preferred ones first.
     */
    public void configure(final List<FlowSpec> specs) {
        byPeer.clear();
        for (final FlowSpec spec : specs) {
            final IpAddress peer = spec.policy().peer();
            if (peer != null) {
                byPeer.putIfAbsent(peer, spec);
            }
        }
        templates = specs.stream().filter(FlowSpec::template).toList();
    }

    @Override
    public Answer find(final IpAddress local, final IpAddress peer) {
        final FlowSpec spec = byPeer.get(peer);
        if (spec == null || !spec.policy().local().equals(local)) {
            return new Answer(null, true, nobody(local, peer));
        }
        return switch (spec.attachment()) {
            case EZVPN_CLIENT -> new Answer(null, false, "not applicable: the EzVPN client " + spec.policy().name()
                + " watches its server and connects again by itself");
            case MANUAL_MAP -> new Answer(null, false, "not applicable: " + spec.policy().name() + " has session keys and no IKE");
            default -> new Answer(spec.policy(), true, spec.attachment().text() + " " + spec.policy().name() + " names " + peer);
        };
    }

    private String nobody(final IpAddress local, final IpAddress peer) {
        for (final FlowSpec template : templates) {
            if (template.policy().local().equals(local)) {
                final String what = template.attachment() == Attachment.MGRE_DYNAMIC
                    ? template.policy().name() + " has no static NHRP mapping to it"
                    : template.attachment().text() + " " + template.policy().name() + " names no peer";
                return "no statically known peer " + peer + ": " + what;
            }
        }
        return "no statically known peer " + peer + ": no crypto map entry and no tunnel names it";
    }
}
