package org.qfpsim.controlplane.recovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * {@link KnownPeers} as it follows from the flows of the configuration: who has an address there is known, who came by himself is not. The
 * answers are made when the configuration changes: in a flood of forged packets they are looked up often.
 */
public final class ConfiguredPeers implements KnownPeers {
    private static final Answer NOBODY = new Answer(null, true, "no statically known peer: no crypto map entry and no tunnel names it");

    private final Map<IpAddress, Answer> named = new HashMap<>();
    private final Map<IpAddress, IpAddress> locals = new HashMap<>();
    private final Map<IpAddress, Answer> others = new HashMap<>();

    /**
     * Takes another configuration.
     *
     * @param specs its flows, the preferred ones first.
     */
    public void configure(final List<FlowSpec> specs) {
        named.clear();
        locals.clear();
        others.clear();
        for (final FlowSpec spec : specs) {
            final ChildPolicy policy = spec.policy();
            final IpAddress peer = policy.peer();
            if (peer == null) {
                others.putIfAbsent(policy.local(), new Answer(null, true, "no statically known peer: " + why(spec)));
            } else {
                spec.peers().peers().forEach(each -> name(spec, each));
            }
        }
    }

    private void name(final FlowSpec spec, final IpAddress peer) {
        if (named.putIfAbsent(peer, answer(spec, peer)) == null) {
            locals.put(peer, spec.policy().local());
        }
    }

    private static Answer answer(final FlowSpec spec, final IpAddress peer) {
        final String name = spec.policy().name();
        return switch (spec.attachment()) {
            case EZVPN_CLIENT -> new Answer(null, false, "the EzVPN client " + name
                + " watches its server and connects again by itself");
            case MANUAL_MAP -> new Answer(null, false, name + " has session keys and no IKE");
            default -> new Answer(spec.policy(), true, spec.attachment().text() + " " + name + " names " + peer);
        };
    }

    private static String why(final FlowSpec template) {
        final String name = template.policy().name();
        return template.attachment() == Attachment.MGRE_DYNAMIC
            ? name + " has no static NHRP mapping to it"
            : template.attachment().text() + " " + name + " names no peer";
    }

    @Override
    public Answer find(final IpAddress local, final IpAddress peer) {
        final Answer answer = named.get(peer);
        return answer != null && local.equals(locals.get(peer)) ? answer : others.getOrDefault(local, NOBODY);
    }
}
