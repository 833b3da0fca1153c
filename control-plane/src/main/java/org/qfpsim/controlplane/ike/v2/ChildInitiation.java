package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The initiator's half of a child SA negotiation: the same payloads in IKE_AUTH and in CREATE_CHILD_SA. */
final class ChildInitiation {
    private final Lifecycle lifecycle;
    private final ChildRequest request;
    private final @Nullable DhKey dh;
    private final int spi;

    /** Takes an SPI. */
    ChildInitiation(final Lifecycle lifecycle, final IkeSa sa, final ChildRequest request, final @Nullable DhKey dh) {
        this.lifecycle = lifecycle;
        this.request = request;
        this.dh = dh;
        spi = lifecycle.context.engine().reserveSpi(sa.path.local(), sa.path.remote());
    }

    Payload proposals() {
        return new Payload.SecurityAssociation(ChildOffers.offer(request.policy(), spi, dh == null ? null : dh.group()));
    }

    List<Payload> selectors() {
        final TrafficSelector selector = request.policy().selector();
        final List<Payload> payloads = new ArrayList<>();
        payloads.add(new Payload.Selectors(true, List.of(Selectors.source(selector))));
        payloads.add(new Payload.Selectors(false, List.of(Selectors.destination(selector))));
        if (request.policy().mode() == SaSpec.Mode.TRANSPORT) {
            payloads.add(new Payload.Notify(NotifyType.USE_TRANSPORT_MODE));
        }
        return payloads;
    }

    /** It came to nothing, and the peer has no SA either. */
    void abandon() {
        lifecycle.context.engine().releaseSpi(spi);
    }

    /**
     * Takes the answer and installs.
     *
     * @param useOutbound whether packets leave through the new pair at once.
     * @return the pair; null if the answer is not acceptable: the peer is told to delete its half, and the SPI is free again.
     */
    @Nullable Child complete(final IkeSa sa, final Payloads response, final byte[] ni, final byte[] nr, final boolean useOutbound) {
        final ChildSa pair = agreed(sa, response, ni, nr);
        if (pair != null && sa.deletedEarly.contains(pair.outboundSpi())) {
            abandon();
            return null;
        }
        if (pair == null || !lifecycle.context.engine().install(pair, useOutbound)) {
            sa.lane.enqueueNext(new DeleteChildTask(lifecycle, List.of(spi), true, false));
            if (pair == null) {
                abandon();
            }
            return null;
        }
        lifecycle.counters.count(Ikev2Event.CHILD_INSTALLED);
        final Child child = new Child(spi, pair.outboundSpi(), request.replaces());
        sa.children.put(spi, child);
        sa.say(() -> "IPSEC SA installed [inbound SPI: 0x%08X, outbound SPI: 0x%08X]".formatted(spi, child.outboundSpi));
        return child;
    }

    private @Nullable ChildSa agreed(final IkeSa sa, final Payloads response, final byte[] ni, final byte[] nr) {
        final ChildPolicy policy = request.policy();
        final List<Proposal> reply = response.first(Payload.SecurityAssociation.class).map(Payload.SecurityAssociation::proposals)
            .orElse(List.of());
        final Optional<ChildOffers.Chosen> chosen = reply.size() == 1
            ? ChildOffers.choose(policy, reply, dh != null, dh == null ? 0 : dh.group().number()) : Optional.empty();
        final Optional<TrafficSelector> selector = narrowed(response);
        final Optional<byte[]> secret = secret(response);
        if (chosen.isEmpty() || selector.isEmpty() || secret.isEmpty() || dh != null && chosen.get().group() != dh.group()) {
            return null;
        }
        final boolean transport = policy.mode() == SaSpec.Mode.TRANSPORT && response.has(NotifyType.USE_TRANSPORT_MODE);
        final ChildKeys keys = ChildKeys.derive(sa.secured(), chosen.get().suite(), secret.get(), ni, nr);
        return new ChildSa(policy, sa.path, sa.nat.found(), spi, chosen.get().spi(), chosen.get().suite(),
            transport ? SaSpec.Mode.TRANSPORT : SaSpec.Mode.TUNNEL, chosen.get().esn(), keys.toInitiator(), keys.toResponder(),
            selector.get(), policy.seconds(), policy.kilobytes(), true, request.replaces());
    }

    private Optional<TrafficSelector> narrowed(final Payloads response) {
        final Optional<Payload.Selectors> initiators = response.selectors(true);
        final Optional<Payload.Selectors> responders = response.selectors(false);
        if (initiators.isEmpty() || responders.isEmpty()) {
            return Optional.empty();
        }
        // Of several ranges, or one that is no prefix, only a part would come through here: better no pair.
        if (initiators.get().ranges().size() != 1 || responders.get().ranges().size() != 1) {
            return Optional.empty();
        }
        return Selectors.exact(initiators.get().ranges().getFirst(), responders.get().ranges().getFirst())
            .filter(pair -> Selectors.within(pair, request.policy().selector()));
    }

    /** g^ir of perfect forward secrecy; no octets without it; nothing if the peer's value is missing or bad. */
    private Optional<byte[]> secret(final Payloads response) {
        if (dh == null) {
            return Optional.of(new byte[0]);
        }
        return response.first(Payload.KeyExchange.class).filter(ke -> ke.group() == dh.group().number())
            .flatMap(ke -> dh.agree(ke.value()));
    }
}
