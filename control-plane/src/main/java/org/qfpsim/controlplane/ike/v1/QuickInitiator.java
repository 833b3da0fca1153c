package org.qfpsim.controlplane.ike.v1;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;

/** Quick Mode as initiator: sends messages 1 and 3, installs both SAs at message 2. */
final class QuickInitiator extends QuickMode {
    private final ChildRequest request;
    private final ChildPolicy policy;
    private final int spi;
    private final @Nullable DhKey key;

    QuickInitiator(final IsakmpSa sa, final ChildRequest request) {
        super(sa, sa.context().entropy().messageId());
        this.request = request;
        policy = request.policy();
        spi = context().engine().reserveSpi(sa.path().local(), sa.path().remote());
        key = DhGroup.of(policy.pfsGroup()).map(group -> context().entropy().key(group)).orElse(null);
    }

    /** Sends message 1. */
    void start() {
        final List<Transform> transforms = Phase2Transform.offer(policy, sa().peer().nat());
        if (transforms.isEmpty() || key == null && policy.pfsGroup() != 0) {
            fail("nothing that Quick Mode could offer", false);
            return;
        }
        sa().exchanges().claim(messageId());
        sa().exchanges().open(messageId(), this);
        sa().debug(() -> "beginning Quick Mode exchange, M-ID of " + number());
        sa().debug(() -> "QM Initiator gets spi");
        final List<Payload> payloads = new ArrayList<>();
        payloads.add(new Payload(Isakmp.SA, new SaBody(List.of(new Proposal(1, Isakmp.PROTO_ESP, Octets.of(spi), transforms))).encode()));
        payloads.add(new Payload(Isakmp.NONCE, nonce()));
        if (key != null) {
            payloads.add(new Payload(Isakmp.KE, key.publicValue()));
        }
        payloads.add(IdBody.of(policy.selector(), true).payload());
        payloads.add(IdBody.of(policy.selector(), false).payload());
        payloads.addAll(originalAddresses(policy.mode()));
        retransmitter().send(Informational.protect(sa(), ivs(), Isakmp.QUICK_MODE, messageId(), payloads));
        node("IKE_MESG_INTERNAL, IKE_INIT_QM", "IKE_QM_READY", "IKE_QM_I_QM1");
    }

    private void node(final String input, final String old, final String next) {
        sa().debug(() -> "Node " + number() + ", Input = " + input);
        sa().debug(() -> "Old State = " + old + "  New State = " + next);
    }

    int spi() {
        return spi;
    }

    /** Whether it still waits for message 2. */
    boolean waits() {
        return !done();
    }

    @Override
    boolean step(final PayloadChain payloads, final IsakmpMessage message) throws MalformedException {
        final byte[] expected = sa().keys().protection(messageId(), nonce(), payloads.afterFirst());
        if (!MessageDigest.isEqual(expected, payloads.need(Isakmp.HASH))) {
            context().count(Ikev1Counter.BAD_HASH);
            return false;
        }
        sa().debug(() -> "processing SA payload. message ID = " + number());
        final List<Proposal> proposals = SaBody.parse(payloads.need(Isakmp.SA)).proposals();
        if (proposals.size() != 1 || proposals.getFirst().protocol() != Isakmp.PROTO_ESP || proposals.getFirst().transforms().size() != 1) {
            throw new MalformedException("the responder has chosen nothing or more than one transform");
        }
        final Proposal proposal = proposals.getFirst();
        final Optional<Phase2Transform> agreed = Phase2Transform.parse(proposal.transforms().getFirst());
        if (agreed.isEmpty() || !agreed.get().allowedBy(policy, sa().peer().nat()) || agreed.get().group() != policy.pfsGroup()) {
            throw new MalformedException("the responder has chosen what was not offered");
        }
        takeNonce(payloads);
        final byte[] secret = secret(payloads, key);
        final Phase2Transform lifetimes = shorter(payloads, agreed.get());
        ivs().advance(message.body());
        retransmitter().answered();
        install(child(policy, lifetimes, policy.selector(), spi, proposal.espSpi(), secret, true, request.replaces()));
        return true;
    }

    /** RESPONDER_LIFETIME (RFC 2407 section 4.6.3.1): the responder keeps the SAs for a shorter time than was offered. */
    private static Phase2Transform shorter(final PayloadChain payloads, final Phase2Transform agreed) throws MalformedException {
        Phase2Transform result = agreed;
        for (final byte[] body : payloads.all(Isakmp.NOTIFY)) {
            final NotifyBody notify = NotifyBody.parse(body);
            if (notify.type() == Isakmp.RESPONDER_LIFETIME) {
                final Transform said = new Transform(0, 0, Attribute.parse(notify.data(), 0));
                final long seconds = said.life(Isakmp.A2_LIFE_TYPE, Isakmp.A2_LIFE, Isakmp.LIFE_SECONDS);
                final long kilobytes = said.life(Isakmp.A2_LIFE_TYPE, Isakmp.A2_LIFE, Isakmp.LIFE_KILOBYTES);
                result = new Phase2Transform(agreed.suite(), agreed.mode(), agreed.udp(), agreed.group(), agreed.esn(),
                    seconds < 0 ? agreed.seconds() : seconds, kilobytes < 0 ? agreed.kilobytes() : kilobytes);
            }
        }
        return result;
    }

    private void install(final ChildSa child) {
        if (!context().engine().install(child, true)) {
            Informational.send(sa(), List.of(DeleteBody.esp(List.of(spi)).payload()));
            end("IPsec SAs not installed");
            context().engine().failed(policy, request.peer(), request.replaces(), "the SAs could not be installed");
            return;
        }
        sa().debug(() -> "Creating IPSec SAs");
        installed(child);
        final byte[] hash = sa().keys().third(messageId(), nonce(), peerNonce());
        retransmitter().sendOnce(new IsakmpMessage(sa().cookieI(), sa().cookieR(), Isakmp.HASH, Isakmp.QUICK_MODE, Isakmp.ENCRYPTED,
            messageId(), ivs().encrypt(PayloadChain.of(List.of(new Payload(Isakmp.HASH, hash))).octets())).encode());
        node("IKE_MESG_FROM_PEER, IKE_QM_EXCH", "IKE_QM_I_QM1", "IKE_QM_PHASE2_COMPLETE");
        finish("No Error");
    }

    /**
     * It comes to nothing.
     *
     * @param reason in words.
     * @param begun  whether message 1 has gone.
     */
    void fail(final String reason, final boolean begun) {
        if (begun) {
            node("IKE_MESG_INTERNAL, IKE_QM_FAILED", "IKE_QM_I_QM1", "IKE_QM_READY");
        }
        end(reason);
        context().engine().releaseSpi(spi);
        context().engine().failed(policy, request.peer(), request.replaces(), reason);
    }

    @Override
    void unanswered() {
        fail("Phase 2 err count exceeded", true);
        // Fifty seconds without a sign: the peer has no such ISAKMP SA any more, and every other Quick Mode over it would fail too.
        context().control().close(sa(), "Death by retransmission P2", true);
    }

    @Override
    public void abort(final String reason) {
        if (!done()) {
            fail(reason, true);
        }
    }
}
