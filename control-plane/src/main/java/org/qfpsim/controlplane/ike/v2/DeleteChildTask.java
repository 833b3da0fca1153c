package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;

/**
 * Deletes pairs of IPsec SAs (RFC 7296 section 1.4.1).
 *
 * @param lifecycle   forgets them.
 * @param inboundSpis our SPIs.
 * @param always      whether it is sent even if there is no such pair: what the peer uses is unknown to us.
 * @param invalidSpi  whether the peer is also told that its packets have unknown SPIs (section 1.5).
 */
record DeleteChildTask(Lifecycle lifecycle, List<Integer> inboundSpis, boolean always, boolean invalidSpi) implements Task {
    @Override
    public int exchange() {
        return Header.INFORMATIONAL;
    }

    @Override
    public @Nullable List<Payload> start(final IkeSa sa) {
        if (!always && inboundSpis.stream().noneMatch(sa.children::containsKey)) {
            return null;
        }
        sa.say(() -> "Sending DELETE INFO message for IPsec SA" + inboundSpis.stream().map(spi -> " [SPI: 0x%08X]".formatted(spi))
            .reduce("", String::concat));
        final List<Payload> payloads = new ArrayList<>();
        if (invalidSpi) {
            inboundSpis.forEach(spi -> payloads.add(new Payload.Notify(NotifyType.INVALID_SPI, ChildOffers.spiOctets(spi))));
        }
        payloads.add(new Payload.Delete(Proposal.ESP, inboundSpis));
        return payloads;
    }

    @Override
    public void answered(final IkeSa sa, final Payloads response) {
        for (final int spi : inboundSpis) {
            final Child child = sa.children.get(spi);
            if (child != null) {
                lifecycle.forget(sa, child);
                lifecycle.context.engine().deletedByPeer(sa.path, List.of(child.outboundSpi));
            }
        }
    }

    @Override
    public void failed(final String reason) {
        // The pairs end with the IKE SA.
    }
}
