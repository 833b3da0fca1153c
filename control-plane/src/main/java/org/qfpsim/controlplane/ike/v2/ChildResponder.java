package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.SelectorRange;
import org.qfpsim.datapath.sa.SaSpec;

/** The responder's half of a child SA negotiation, in IKE_AUTH and in CREATE_CHILD_SA. */
final class ChildResponder {
    /**
     * The result.
     *
     * @param payloads of the response: the pair's, or one error.
     * @param child    the pair; null if it was refused.
     */
    record Result(List<Payload> payloads, @Nullable Child child) {
        static Result refused(final int code) {
            return new Result(List.of(new Payload.Notify(code)), null);
        }
    }

    /** What was asked, as far as it was understood; the selectors of the answer are in the peer's words. */
    private record Asked(Payload.SecurityAssociation offers, ChildPolicy policy, boolean transport, List<SelectorRange> initiators,
                         List<SelectorRange> responders) {
    }

    private final Lifecycle lifecycle;

    ChildResponder(final Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Answers a request for a pair.
     *
     * @param auth whether it came in IKE_AUTH, where there is no nonce and no group of its own.
     * @param old  the pair that is replaced, or null.
     */
    Result create(final IkeSa sa, final Payloads request, final byte[] ni, final byte[] nr, final boolean auth, final @Nullable Child old) {
        final Optional<Payload.SecurityAssociation> offers = request.first(Payload.SecurityAssociation.class);
        final Optional<Payload.Selectors> initiators = request.selectors(true);
        final Optional<Payload.Selectors> responders = request.selectors(false);
        if (offers.isEmpty() || initiators.isEmpty() || responders.isEmpty()) {
            return Result.refused(NotifyType.INVALID_SYNTAX);
        }
        final boolean transport = request.has(NotifyType.USE_TRANSPORT_MODE);
        final Optional<Asked> asked = asked(sa, offers.get(), transport, initiators.get().ranges(), responders.get().ranges());
        return asked.isEmpty() ? Result.refused(NotifyType.TS_UNACCEPTABLE)
            : chosen(sa, request, asked.get(), auth ? null : nr, old, ni, nr);
    }

    /**
     * Section 2.23.1: a NAT has made other addresses of those that the peer's selectors name; in transport mode they are the packet's own.
     * So here they are what we see, and in the answer what the peer has said.
     */
    private Optional<Asked> asked(final IkeSa sa, final Payload.SecurityAssociation offers, final boolean transport,
                                  final List<SelectorRange> initiators, final List<SelectorRange> responders) {
        if (!transport || !sa.nat.found() || !Selectors.oneHost(initiators) || !Selectors.oneHost(responders)) {
            return policy(sa, new Narrowing(responders, initiators), transport).map(policy -> new Asked(offers, policy, transport,
                List.of(Selectors.destination(policy.selector())), List.of(Selectors.source(policy.selector()))));
        }
        return policy(sa, new Narrowing(Selectors.at(sa.path.local(), responders), Selectors.at(sa.path.remote(), initiators)), true)
            .map(policy -> new Asked(offers, policy, true,
                Selectors.at(initiators.getFirst().low(), List.of(Selectors.destination(policy.selector()))),
                Selectors.at(responders.getFirst().low(), List.of(Selectors.source(policy.selector())))));
    }

    /** Turned round: our side is the source. */
    private Optional<ChildPolicy> policy(final IkeSa sa, final Narrowing proposed, final boolean transport) {
        final IkeIdentity identity = sa.peerIdentity;
        if (identity == null) {
            return Optional.empty();
        }
        final SaSpec.Mode mode = transport ? SaSpec.Mode.TRANSPORT : SaSpec.Mode.TUNNEL;
        return proposed.agree(selector -> lifecycle.context.engine().accept(2, sa.path, identity, selector, mode));
    }

    private Result chosen(final IkeSa sa, final Payloads request, final Asked asked, final byte @Nullable [] nonceToSend,
                          final @Nullable Child old, final byte[] ni, final byte[] nr) {
        final Optional<Payload.KeyExchange> ke = request.first(Payload.KeyExchange.class);
        final Optional<ChildOffers.Chosen> chosen = ChildOffers.choose(asked.policy(), asked.offers().proposals(), nonceToSend != null,
            ke.map(Payload.KeyExchange::group).orElse(0));
        if (chosen.isEmpty()) {
            return Result.refused(NotifyType.NO_PROPOSAL_CHOSEN);
        }
        byte[] secret = new byte[0];
        DhKey dh = null;
        if (chosen.get().group() != null) {
            if (ke.isEmpty() || ke.get().group() != chosen.get().group().number()) {
                return new Result(Answer.wantedGroup(chosen.get().group().number()).payloads(), null);
            }
            dh = chosen.get().group().generate(lifecycle.context.random());
            final Optional<byte[]> agreed = dh.agree(ke.get().value());
            if (agreed.isEmpty()) {
                return Result.refused(NotifyType.INVALID_SYNTAX);
            }
            secret = agreed.get();
        }
        final ChildKeys keys = ChildKeys.derive(sa.secured(), chosen.get().suite(), secret, ni, nr);
        return installed(sa, asked, chosen.get(), keys, nonceToSend, dh, old);
    }

    private Result installed(final IkeSa sa, final Asked asked, final ChildOffers.Chosen chosen, final ChildKeys keys,
                             final byte @Nullable [] nonceToSend, final @Nullable DhKey dh, final @Nullable Child old) {
        final IpsecEngine engine = lifecycle.context.engine();
        final ChildPolicy policy = asked.policy();
        final boolean transport = asked.transport() && policy.mode() == SaSpec.Mode.TRANSPORT;
        final int spi = engine.reserveSpi(sa.path.local(), sa.path.remote());
        final Integer replaces = old == null ? null : old.inboundSpi;
        final ChildSa pair = new ChildSa(policy, sa.path, sa.nat.found(), spi, chosen.spi(), chosen.suite(),
            transport ? SaSpec.Mode.TRANSPORT : SaSpec.Mode.TUNNEL, chosen.esn(), keys.toResponder(), keys.toInitiator(),
            policy.selector(), policy.seconds(), policy.kilobytes(), false, replaces);
        // Section 2.8: the initiator may not have the new pair yet, so packets go on through the old one until that is deleted.
        if (!engine.install(pair, old == null)) {
            return Result.refused(NotifyType.NO_ADDITIONAL_SAS);
        }
        lifecycle.counters.count(Ikev2Event.CHILD_INSTALLED);
        final Child child = new Child(spi, chosen.spi(), replaces);
        child.outboundWaits = old != null;
        sa.children.put(spi, child);
        sa.say(() -> "IPSEC SA installed [inbound SPI: 0x%08X, outbound SPI: 0x%08X]".formatted(spi, child.outboundSpi));
        final List<Payload> payloads = new ArrayList<>();
        payloads.add(new Payload.SecurityAssociation(List.of(chosen.replyWith(spi))));
        if (nonceToSend != null) {
            payloads.add(new Payload.Nonce(nonceToSend));
        }
        if (dh != null) {
            payloads.add(new Payload.KeyExchange(dh.group().number(), dh.publicValue()));
        }
        payloads.add(new Payload.Selectors(true, asked.initiators()));
        payloads.add(new Payload.Selectors(false, asked.responders()));
        if (transport) {
            payloads.add(new Payload.Notify(NotifyType.USE_TRANSPORT_MODE));
        }
        return new Result(payloads, child);
    }
}
