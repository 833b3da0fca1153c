package org.qfpsim.controlplane.ike.v1;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Quick Mode as responder: installs the inbound SA before it sends message 2, and uses the outbound SA after message 3. */
final class QuickResponder extends QuickMode {
    private static final int MIN_SPI = 256;

    private @Nullable ChildSa child;

    /** What the initiator's SA payload comes to here. */
    private record Choice(ChildPolicy policy, Proposal proposal, Transform transform, Phase2Transform parsed) {
    }

    QuickResponder(final IsakmpSa sa, final int messageId) {
        super(sa, messageId);
    }

    @Override
    boolean step(final PayloadChain payloads, final IsakmpMessage message) throws MalformedException {
        return child == null ? first(payloads, message) : third(payloads, message, child);
    }

    private boolean first(final PayloadChain payloads, final IsakmpMessage message) throws MalformedException {
        final byte[] expected = sa().keys().protection(messageId(), payloads.afterFirst());
        if (!MessageDigest.isEqual(expected, payloads.need(Isakmp.HASH))) {
            context().count(Ikev1Counter.BAD_HASH);
            return false;
        }
        sa().debug(() -> "processing HASH payload. message ID = " + number());
        sa().debug(() -> "processing SA payload. message ID = " + number());
        final TrafficSelector selector = selector(payloads);
        final SaBody offer = SaBody.parse(payloads.need(Isakmp.SA));
        takeNonce(payloads);
        final Optional<Choice> choice = choose(offer, selector);
        if (choice.isEmpty()) {
            refuse(offer);
            return true;
        }
        final Phase2Transform agreed = choice.get().parsed();
        final int outbound = choice.get().proposal().espSpi();
        if (Integer.compareUnsigned(outbound, MIN_SPI) < 0) {
            throw new MalformedException("a reserved SPI");
        }
        final DhKey key = DhGroup.of(agreed.group()).map(group -> context().entropy().key(group)).orElse(null);
        final byte[] secret = secret(payloads, key);
        ivs().advance(message.body());
        node("IKE_MESG_FROM_PEER, IKE_QM_EXCH", "IKE_QM_READY", "IKE_QM_SPI_STARVE");
        final int inbound = context().engine().reserveSpi(sa().path().local(), sa().path().remote());
        final ChildSa pair = child(choice.get().policy(), agreed, selector, inbound, outbound, secret, false, null);
        node("IKE_MESG_INTERNAL, IKE_GOT_SPI", "IKE_QM_SPI_STARVE", "IKE_QM_IPSEC_INSTALL_AWAIT");
        if (!context().engine().install(pair, false)) {
            refuse(offer);
            return true;
        }
        child = pair;
        sa().debug(() -> "Received IPSec Install callback... proceeding with the negotiation");
        installed(pair);
        answer(payloads, choice.get(), pair, key);
        return true;
    }

    private void answer(final PayloadChain payloads, final Choice choice, final ChildSa pair, final @Nullable DhKey key) {
        final List<Payload> second = new ArrayList<>();
        second.add(new Payload(Isakmp.SA, new SaBody(List.of(new Proposal(choice.proposal().number(), Isakmp.PROTO_ESP,
            Octets.of(pair.inboundSpi()), List.of(choice.transform())))).encode()));
        second.add(new Payload(Isakmp.NONCE, nonce()));
        if (key != null) {
            second.add(new Payload(Isakmp.KE, key.publicValue()));
        }
        payloads.all(Isakmp.ID).forEach(id -> second.add(new Payload(Isakmp.ID, id)));
        second.addAll(originalAddresses(pair.mode()));
        lifetime(choice.parsed(), pair).ifPresent(second::add);
        final byte[] hash = sa().keys().protection(messageId(), peerNonce(), PayloadChain.of(second).octets());
        second.addFirst(new Payload(Isakmp.HASH, hash));
        retransmitter().send(new IsakmpMessage(sa().cookieI(), sa().cookieR(), Isakmp.HASH, Isakmp.QUICK_MODE, Isakmp.ENCRYPTED,
            messageId(), ivs().encrypt(PayloadChain.of(second).octets())).encode());
        node("IKE_MESG_FROM_IPSEC, IPSEC_INSTALL_DONE", "IKE_QM_IPSEC_INSTALL_AWAIT", "IKE_QM_R_QM2");
    }

    /** RFC 2407 section 4.6.3.1: says so if our lifetime is shorter than the one that was offered. */
    private static Optional<Payload> lifetime(final Phase2Transform offered, final ChildSa pair) {
        final List<Attribute> shorter = new ArrayList<>();
        if (offered.seconds() > pair.seconds()) {
            shorter.add(Attribute.basic(Isakmp.A2_LIFE_TYPE, Isakmp.LIFE_SECONDS));
            shorter.add(Attribute.number(Isakmp.A2_LIFE, pair.seconds()));
        }
        if (pair.kilobytes() > 0 && (offered.kilobytes() <= 0 || offered.kilobytes() > pair.kilobytes())) {
            shorter.add(Attribute.basic(Isakmp.A2_LIFE_TYPE, Isakmp.LIFE_KILOBYTES));
            shorter.add(Attribute.number(Isakmp.A2_LIFE, pair.kilobytes()));
        }
        return shorter.isEmpty() ? Optional.empty() : Optional.of(new NotifyBody(Isakmp.PROTO_ESP, Isakmp.RESPONDER_LIFETIME,
            Octets.of(pair.inboundSpi()), Attribute.encode(shorter)).payload());
    }

    private void node(final String input, final String old, final String next) {
        sa().debug(() -> "Node " + number() + ", Input = " + input);
        sa().debug(() -> "Old State = " + old + "  New State = " + next);
    }

    /** What is proposed, turned round so that our side is the source; without ID payloads the peers themselves (RFC 2409 section 5.5). */
    private TrafficSelector selector(final PayloadChain payloads) throws MalformedException {
        final List<byte[]> ids = payloads.all(Isakmp.ID);
        if (ids.isEmpty()) {
            return TrafficSelector.between(new IpPrefix(sa().path().local(), sa().path().local().bits()),
                new IpPrefix(sa().path().remote(), sa().path().remote().bits()));
        }
        if (ids.size() != 2) {
            throw new MalformedException(ids.size() + " identifications in Quick Mode");
        }
        return IdBody.selector(IdBody.parse(ids.getLast()), IdBody.parse(ids.getFirst()));
    }

    private Optional<Choice> choose(final SaBody offer, final TrafficSelector selector) throws MalformedException {
        for (final Proposal proposal : offer.proposals()) {
            // Proposals of one number belong together (AH and ESP): not here.
            final boolean alone = offer.proposals().stream().filter(each -> each.number() == proposal.number()).count() == 1;
            sa().debug(() -> "Checking IPSec proposal " + proposal.number());
            for (final Transform transform : proposal.transforms()) {
                final Optional<Phase2Transform> parsed = Phase2Transform.parse(transform);
                if (alone && proposal.protocol() == Isakmp.PROTO_ESP && proposal.spi().length == Integer.BYTES && parsed.isPresent()) {
                    final Optional<ChildPolicy> policy = policy(selector, parsed.get());
                    if (policy.isPresent()) {
                        sa().debug(() -> "atts are acceptable.");
                        return Optional.of(new Choice(policy.get(), proposal, transform, parsed.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ChildPolicy> policy(final TrafficSelector selector, final Phase2Transform parsed) {
        final IkeIdentity identity = sa().peerIdentity();
        if (identity == null || parsed.group() != 0 && DhGroup.of(parsed.group()).isEmpty()) {
            return Optional.empty();
        }
        final SaSpec.Mode mode = parsed.mode();
        return context().engine().accept(1, sa().path(), identity, selector, mode)
            .filter(policy -> parsed.allowedBy(policy, sa().peer().nat()));
    }

    private void refuse(final SaBody offer) {
        sa().debug("ISAKMP-ERROR: ", () -> "phase 2 SA policy not acceptable! (local " + sa().path().local() + " remote "
            + sa().path().remote() + ")");
        final byte[] spi = offer.proposals().getFirst().spi();
        Informational.send(sa(), List.of(new NotifyBody(Isakmp.PROTO_ESP, Isakmp.NO_PROPOSAL_CHOSEN,
            spi.length == Integer.BYTES ? spi : new byte[0], new byte[0]).payload()));
        end("QM rejected");
    }

    private boolean third(final PayloadChain payloads, final IsakmpMessage message, final ChildSa pair) throws MalformedException {
        final byte[] expected = sa().keys().third(messageId(), peerNonce(), nonce());
        if (!MessageDigest.isEqual(expected, payloads.need(Isakmp.HASH))) {
            context().count(Ikev1Counter.BAD_HASH);
            return false;
        }
        ivs().advance(message.body());
        retransmitter().answered();
        context().engine().useOutbound(pair.inboundSpi());
        node("IKE_MESG_FROM_PEER, IKE_QM_EXCH", "IKE_QM_R_QM2", "IKE_QM_PHASE2_COMPLETE");
        finish("QM done (await)");
        return true;
    }

    /** The initiator has not said that it has the SAs: ours go, and it is told, lest it sends into the void. */
    @Override
    void unanswered() {
        final ChildSa pair = child;
        end("Phase 2 err count exceeded");
        if (pair != null) {
            Informational.send(sa(), List.of(DeleteBody.esp(List.of(pair.inboundSpi())).payload()));
            context().engine().deletedByPeer(sa().path(), List.of(pair.outboundSpi()));
        }
    }

    /** The peer says that SAs of its are gone: if ours is among them, it has nothing to confirm any more. */
    void deleted(final List<Integer> spis) {
        if (!done() && child != null && spis.contains(child.outboundSpi())) {
            end("deleted by the peer");
        }
    }

    @Override
    public void abort(final String reason) {
        final ChildSa pair = child;
        if (!done() && pair != null) {
            end(reason);
            context().engine().deletedByPeer(sa().path(), List.of(pair.outboundSpi()));
        }
    }
}
