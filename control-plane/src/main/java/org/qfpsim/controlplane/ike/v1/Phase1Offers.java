package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.datapath.packet.IpAddress;

/** Which algorithms phase 1 uses (RFC 2409 section 5): what we offer, what a responder chooses, and what an initiator takes of it. */
final class Phase1Offers {
    private final IsakmpSa sa;
    private byte[] body = {};

    Phase1Offers(final IsakmpSa sa) {
        this.sa = sa;
    }

    /** Body of the initiator's SA payload, which goes into the hashes; empty before it is known. */
    byte[] body() {
        return body;
    }

    /** The transforms of our isakmp policies, the preferred one first. */
    static List<Phase1Transform> offers(final Ikev1Context context, final IpAddress local, final IpAddress peer) {
        final IkeConfig.Ezvpn ezvpn = context.config().ezvpn(peer, null);
        final int auth = ezvpn == null || !ezvpn.client() ? Phase1Transform.PRESHARED : Phase1Transform.XAUTH_INIT_PRESHARED;
        return context.config().proposals(1, local, peer).stream().map(policy -> Phase1Transform.of(policy, auth))
            .flatMap(Optional::stream).toList();
    }

    /** Our SA payload with all offers; its body goes into the hashes. */
    Payload offer(final List<Phase1Transform> offers) {
        final List<Transform> transforms = new ArrayList<>();
        offers.forEach(each -> transforms.add(each.encode(transforms.size() + 1)));
        body = new SaBody(List.of(new Proposal(1, Isakmp.PROTO_ISAKMP, new byte[0], transforms))).encode();
        return new Payload(Isakmp.SA, body);
    }

    /** The initiator sees what the responder has chosen: one of its offers, with a lifetime that is not longer. */
    Phase1Transform chosen(final byte[] chosen, final List<Phase1Transform> offers) throws MalformedException {
        final SaBody answer = SaBody.parse(chosen);
        if (answer.proposals().size() != 1 || answer.proposals().getFirst().transforms().size() != 1) {
            throw new MalformedException("the responder has chosen nothing or more than one transform");
        }
        final Phase1Transform picked = Phase1Transform.parse(answer.proposals().getFirst().transforms().getFirst())
            .orElseThrow(() -> new MalformedException("the responder has chosen an unknown transform"));
        for (final Phase1Transform each : offers) {
            if (each.sameAlgorithms(picked)) {
                return lifetime(each, picked.seconds());
            }
        }
        throw new MalformedException("the responder has chosen what was not offered");
    }

    /** The first of our policies that the initiator has offered, and its transform; empty if there is none. */
    Optional<Payload> choose(final byte[] offered) throws MalformedException {
        final SaBody offer = SaBody.parse(offered);
        body = offered;
        for (final IkeProposal policy : sa.context().config().proposals(1, sa.path().local(), sa.path().remote())) {
            for (final Proposal proposal : offer.proposals()) {
                for (final Transform transform : proposal.transforms()) {
                    if (proposal.protocol() == Isakmp.PROTO_ISAKMP && acceptable(policy, transform)) {
                        return Optional.of(new Payload(Isakmp.SA, new SaBody(List.of(
                            new Proposal(proposal.number(), Isakmp.PROTO_ISAKMP, new byte[0], List.of(transform)))).encode()));
                    }
                }
            }
        }
        sa.debug("ISAKMP-ERROR: ", () -> "no offers accepted!");
        sa.debug("ISAKMP-ERROR: ", () -> "phase 1 SA policy not acceptable! (local " + sa.path().local() + " remote "
            + sa.path().remote() + ")");
        return Optional.empty();
    }

    private boolean acceptable(final IkeProposal policy, final Transform transform) throws MalformedException {
        sa.debug(() -> "Checking ISAKMP transform " + transform.number() + " against priority " + policy.priority() + " policy");
        final Optional<Phase1Transform> offered = Phase1Transform.parse(transform);
        final boolean good = offered.isPresent() && authAllowed(offered.get().auth())
            && Phase1Transform.of(policy, offered.get().auth()).filter(own -> own.sameAlgorithms(offered.get())).isPresent();
        sa.debug(() -> "atts are " + (good ? "" : "not ") + "acceptable. Next payload is 0");
        if (good) {
            sa.chosen(lifetime(Phase1Transform.of(policy, offered.get().auth()).orElseThrow(), offered.get().seconds()));
        }
        return good;
    }

    /** XAUTH with a peer that has to name a user, and nothing else; with others none. */
    private boolean authAllowed(final int auth) {
        final IkeConfig.Ezvpn ezvpn = sa.context().config().ezvpn(sa.path().remote(), sa.peerIdentity());
        return auth == (ezvpn != null && !ezvpn.client() ? Phase1Transform.XAUTH_INIT_PRESHARED : Phase1Transform.PRESHARED);
    }

    private static Phase1Transform lifetime(final Phase1Transform own, final long said) {
        return new Phase1Transform(own.cipher(), own.hash(), own.group(), own.auth(), Math.max(1, said < 0 ? own.seconds()
            : Math.min(own.seconds(), said)));
    }
}
