package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;

/**
 * Answers CREATE_CHILD_SA and INFORMATIONAL. What excludes what (RFC 7296 section 2.25):
 * <pre>
 *   the peer wants              while we                        answer
 *   rekey of a pair             delete that pair                TEMPORARY_FAILURE
 *                               rekey that pair                 as usual; the nonces decide (2.8.1)
 *                               do not know it                  CHILD_SA_NOT_FOUND
 *   any pair                    rekey or delete the IKE SA      TEMPORARY_FAILURE
 *   rekey of the IKE SA         create, rekey, delete a pair    TEMPORARY_FAILURE
 *                               rekey the IKE SA                as usual; the nonces decide
 *                               delete the IKE SA               TEMPORARY_FAILURE
 *   deletion of a pair          delete that pair                as usual, without naming ours
 *   rekey, deletion of a pair   wait for the response that      TEMPORARY_FAILURE; as usual, and the response
 *   that we do not know         may tell us of it               that comes later installs nothing
 * </pre>
 */
final class RequestHandler {
    private static final int MAX_EARLY = 16;

    private final Lifecycle lifecycle;
    private final ChildResponder children;

    RequestHandler(final Lifecycle lifecycle, final ChildResponder children) {
        this.lifecycle = lifecycle;
        this.children = children;
    }

    Answer handle(final IkeSa sa, final int exchange, final Payloads request) {
        final Optional<Integer> critical = request.critical();
        if (critical.isPresent()) {
            return Answer.of(List.of(
                new Payload.Notify(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, new byte[] {critical.get().byteValue()})));
        }
        return exchange == Header.CREATE_CHILD_SA ? create(sa, request) : inform(sa, request);
    }

    private Answer temporaryFailure(final IkeSa sa) {
        lifecycle.counters.count(Ikev2Event.TEMPORARY_FAILURE);
        sa.say(() -> "Sending TEMPORARY_FAILURE notify");
        return Answer.error(NotifyType.TEMPORARY_FAILURE);
    }

    private Answer create(final IkeSa sa, final Payloads request) {
        final Optional<Payload.SecurityAssociation> offers = request.first(Payload.SecurityAssociation.class);
        final Optional<byte[]> ni = request.nonce();
        if (offers.isEmpty() || ni.isEmpty()) {
            return Answer.error(NotifyType.INVALID_SYNTAX);
        }
        if (sa.state != IkeSa.State.READY) {
            return temporaryFailure(sa);
        }
        if (offers.get().proposals().getFirst().protocol() == Proposal.IKE) {
            return rekeyIke(sa, request, offers.get(), ni.get());
        }
        if (sa.lane.current() instanceof RekeyIkeTask) {
            return temporaryFailure(sa);
        }
        Child old = null;
        final Optional<Payload.Notify> rekeyed = request.notification(NotifyType.REKEY_SA);
        if (rekeyed.isPresent()) {
            old = rekeyed.get().spi().length == Integer.BYTES ? sa.byOutbound(ByteBuffer.wrap(rekeyed.get().spi()).getInt()) : null;
            if (old == null && sa.lane.current() instanceof ChildTask) {
                // Perhaps the pair that we have asked for: the peer has it, and its response is on the way.
                return temporaryFailure(sa);
            }
            if (old == null) {
                return notFound(sa, rekeyed.get());
            }
            if (old.closing) {
                return temporaryFailure(sa);
            }
        }
        final byte[] nr = lifecycle.context.nonce();
        final ChildResponder.Result result = children.create(sa, request, ni.get(), nr, false, old);
        if (old != null && result.child() != null) {
            old.replaced = true;
            if (sa.lane.current() instanceof ChildTask own && own.rekeys(old)) {
                sa.say(() -> "Simultaneous rekey of a child SA");
                own.collides(result.child(), ChildTask.lowest(ni.get(), nr));
            }
        }
        return Answer.of(result.payloads());
    }

    private static Answer notFound(final IkeSa sa, final Payload.Notify rekeyed) {
        sa.say(() -> "Sending CHILD_SA_NOT_FOUND notify");
        return Answer.of(List.of(
            new Payload.Notify(rekeyed.protocol(), rekeyed.spi(), NotifyType.CHILD_SA_NOT_FOUND, new byte[0])));
    }

    private static boolean excludesRekey(final @Nullable Task current) {
        return current instanceof ChildTask || current instanceof DeleteChildTask || current instanceof RekeyIkeTask own && own.hasRival();
    }

    private Answer rekeyIke(final IkeSa sa, final Payloads request, final Payload.SecurityAssociation offers, final byte[] ni) {
        if (excludesRekey(sa.lane.current())) {
            return temporaryFailure(sa);
        }
        final List<IkeProposal> configured = lifecycle.context.config().proposals(2, sa.path.local(), sa.path.remote());
        final Optional<Payload.KeyExchange> ke = request.first(Payload.KeyExchange.class);
        final List<Proposal> withSpi = offers.proposals().stream()
            .filter(proposal -> proposal.spi().length == Long.BYTES && ByteBuffer.wrap(proposal.spi()).getLong() != 0).toList();
        final Optional<IkeOffers.Chosen> chosen =
            IkeOffers.choose(configured, withSpi, ke.map(Payload.KeyExchange::group).orElse(0));
        if (chosen.isEmpty() || ke.isEmpty()) {
            return Answer.error(NotifyType.NO_PROPOSAL_CHOSEN);
        }
        final IkeSuite suite = chosen.get().suite();
        if (suite.group().number() != ke.get().group()) {
            return Answer.wantedGroup(suite.group().number());
        }
        final DhKey dh = suite.group().generate(lifecycle.context.random());
        final Optional<byte[]> secret = dh.agree(ke.get().value());
        if (secret.isEmpty()) {
            return Answer.error(NotifyType.INVALID_SYNTAX);
        }
        final byte[] nr = lifecycle.context.nonce();
        final long local = lifecycle.context.nonZeroSpi();
        final Proposal accepted = withSpi.stream().filter(one -> one.number() == chosen.get().reply().number()).findFirst().orElseThrow();
        final long remote = ByteBuffer.wrap(accepted.spi()).getLong();
        final byte[] seed = IkeKeys.rekeySeed(sa.secured().suite().prf(), sa.secured().keys().d(), secret.get(), ni, nr);
        final IkeKeys keys = IkeKeys.derive(suite, seed, ni, nr, remote, local);
        final IkeSa heir = lifecycle.heir(sa, false, local, remote, suite, keys, chosen.get().seconds());
        final List<Payload> answer = List.of(
            new Payload.SecurityAssociation(List.of(new Proposal(accepted.number(), Proposal.IKE, RekeyIkeTask.spiOctets(local),
                chosen.get().reply().transforms()))),
            new Payload.Nonce(nr), new Payload.KeyExchange(suite.group().number(), dh.publicValue()));
        if (sa.lane.current() instanceof RekeyIkeTask own) {
            sa.say(() -> "Simultaneous rekey of the IKE SA");
            own.collides(heir, ChildTask.lowest(ni, nr));
            return Answer.of(answer);
        }
        return new Answer(answer, () -> lifecycle.inherit(sa, heir));
    }

    private Answer inform(final IkeSa sa, final Payloads request) {
        for (final Payload.Notify notify : request.all(Payload.Notify.class)) {
            if (notify.code() == NotifyType.INVALID_SPI) {
                // Section 1.5: nothing is torn down for it; a DELETE that comes along says what is gone.
                lifecycle.counters.count(Ikev2Event.INVALID_SPI_RECEIVED);
                sa.say(() -> "Received INVALID_SPI notify" + (notify.data().length == Integer.BYTES
                    ? " [SPI: 0x%08X]".formatted(ByteBuffer.wrap(notify.data()).getInt()) : ""));
            }
        }
        final List<Payload> answer = new ArrayList<>();
        for (final Payload.Delete delete : request.all(Payload.Delete.class)) {
            if (delete.protocol() == Proposal.IKE) {
                sa.say(() -> "Received DELETE INFO message for IKE SA");
                return new Answer(List.of(), () -> lifecycle.deletedByPeer(sa));
            }
            if (delete.protocol() == Proposal.ESP) {
                final List<Integer> ours = deleted(sa, delete.spis());
                if (!ours.isEmpty()) {
                    answer.add(new Payload.Delete(Proposal.ESP, ours));
                }
            }
        }
        return Answer.of(answer);
    }

    private List<Integer> deleted(final IkeSa sa, final List<Integer> outboundSpis) {
        final List<Integer> ended = new ArrayList<>();
        for (final int spi : outboundSpis) {
            sa.say(() -> "Received DELETE INFO message for IPsec SA [SPI: 0x%08X]".formatted(spi));
            final Child child = sa.byOutbound(spi);
            if (child == null || !child.closing) {
                ended.add(spi);
            }
            if (child == null && sa.lane.current() instanceof ChildTask && sa.deletedEarly.size() < MAX_EARLY) {
                sa.deletedEarly.add(spi);
            }
            if (child != null && !child.closing) {
                lifecycle.forget(sa, child);
            }
        }
        return ended.isEmpty() ? List.of() : lifecycle.context.engine().deletedByPeer(sa.path, ended);
    }
}
