package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.IkeSaDetail;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.MalformedMessageException;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadReader;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * IKEv2 with pre-shared keys (RFC 7296). Not here: certificates and EAP, configuration payloads, MOBIKE, IP compression, windows larger
 * than one, traffic selectors of several ranges.
 */
public final class Ikev2Service implements IkeService {
    private final Ikev2Context context;
    private final Counters counters = new Counters();
    private final SaTable table = new SaTable();
    private final Lifecycle lifecycle;
    private final ResponderSetup setup;
    private final Receiver receiver;

    /**
     * A service without IKE SAs.
     *
     * @param context the router.
     */
    public Ikev2Service(final Ikev2Context context) {
        this.context = context;
        lifecycle = new Lifecycle(context, table, counters);
        final ChildResponder children = new ChildResponder(lifecycle);
        setup = new ResponderSetup(lifecycle, children);
        receiver = new Receiver(lifecycle, setup, new RequestHandler(lifecycle, children));
    }

    @Override
    public int version() {
        return 2;
    }

    /**
     * How often something happened.
     *
     * @param event what.
     * @return since the start.
     */
    public long count(final Ikev2Event event) {
        return counters.of(event);
    }

    @Override
    public void receive(final IkePath path, final byte[] message) {
        try {
            final Header header = Header.read(message);
            final List<Payload> outer = PayloadReader.outer(header, message);
            if (!outer.isEmpty() && outer.getLast() instanceof Payload.Encrypted encrypted) {
                receiver.protectedMessage(path, header, message, encrypted);
            } else if (header.exchange() != Header.IKE_SA_INIT) {
                // An unprotected notify proves nothing (section 1.5), and is not answered.
                counters.count(Ikev2Event.UNPROTECTED_HINT);
                context.debug(path.remote(), () -> "Unprotected message from " + path.remote() + " ignored");
            } else if (header.response()) {
                receiver.initResponse(path, header, message, new Payloads(outer));
            } else if (header.initiator() && header.responderSpi() == 0) {
                setup.init(path, header, new Payloads(outer), message);
            } else {
                counters.count(Ikev2Event.OUT_OF_PLACE);
            }
        } catch (final MalformedMessageException e) {
            counters.count(Ikev2Event.MALFORMED);
            context.debug(path.remote(), () -> "Malformed message from " + path.remote() + " dropped: " + e.getMessage());
        }
    }

    @Override
    public void requestChild(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces) {
        final ChildRequest request = new ChildRequest(policy, peer, replaces);
        final IkeSa sa = table.newest(policy.local(), peer,
            one -> one.state == IkeSa.State.READY || one.state == IkeSa.State.CONNECTING);
        final IkeSa owner = replaces == null ? null
            : table.newest(policy.local(), peer, one -> one.state == IkeSa.State.READY && one.children.containsKey(replaces));
        final IkeSa via = owner != null ? owner : sa;
        if (via != null) {
            via.lane.enqueue(new ChildTask(lifecycle, request));
        } else {
            connect(policy.local(), peer, request, null, (established, reason) -> {
            });
        }
    }

    private void connect(final IpAddress local, final IpAddress peer, final ChildRequest first, final @Nullable Boolean initialContact,
                         final Outcome outcome) {
        final List<IkeProposal> proposals = context.config().proposals(2, local, peer);
        final int most = context.config().maxInNegotiation(2);
        String refusal = null;
        if (IkeOffers.groups(proposals).isEmpty()) {
            refusal = "no IKEv2 proposal is configured";
        } else if (most > 0 && table.inNegotiation() >= most) {
            counters.count(Ikev2Event.HELD_BACK);
            refusal = "call admission: " + most + " exchanges are in negotiation";
        } else if (table.isFull(context.config().maxSas())) {
            counters.count(Ikev2Event.NOT_ADMITTED);
            refusal = "call admission: " + context.config().maxSas() + " IKE SAs are there";
        }
        if (refusal != null) {
            first.fail(context.engine(), refusal);
            outcome.done(false, refusal);
            return;
        }
        final IkeSa sa = lifecycle.connecting(IkePath.between(local, peer));
        sa.outcomes.add(outcome);
        sa.lane.enqueue(new InitTask(lifecycle, proposals, first, initialContact));
    }

    @Override
    public void requestIkeSa(final IpAddress local, final IpAddress peer, final boolean initialContact, final @Nullable ChildPolicy policy,
                             final Outcome outcome) {
        final IkeSa connecting = table.newest(local, peer, one -> one.state == IkeSa.State.CONNECTING);
        if (hasIkeSa(local, peer)) {
            outcome.done(true, "");
        } else if (connecting != null) {
            connecting.outcomes.add(outcome);
        } else if (policy == null) {
            outcome.done(false, "IKEv2 sets up no IKE SA without a child SA");
        } else {
            connect(local, peer, new ChildRequest(policy, peer, null), initialContact, outcome);
        }
    }

    @Override
    public boolean hasIkeSa(final IpAddress local, final IpAddress peer) {
        return table.newest(local, peer, sa -> sa.state == IkeSa.State.READY) != null;
    }

    @Override
    public boolean sendDelete(final IpAddress local, final IpAddress peer, final List<Integer> inboundSpis, final boolean invalidSpi) {
        final IkeSa newest = table.newest(local, peer, sa -> sa.state == IkeSa.State.READY);
        if (newest == null) {
            context.debug(peer, () -> "No IKEv2 SA with " + peer + " to send DELETE over");
            return false;
        }
        final IkeSa owner = table.newest(local, peer, sa -> sa.state == IkeSa.State.READY
            && inboundSpis.stream().anyMatch(sa.children::containsKey));
        final IkeSa sa = owner != null ? owner : newest;
        inboundSpis.stream().map(sa.children::get).filter(Objects::nonNull).forEach(child -> {
            child.closing = true;
            lifecycle.switchOver(sa, child);
        });
        sa.lane.enqueue(new DeleteChildTask(lifecycle, List.copyOf(inboundSpis), true, invalidSpi));
        return true;
    }

    @Override
    public boolean rekeyIkeSa(final IpAddress local, final IpAddress peer) {
        final IkeSa sa = table.newest(local, peer, one -> one.state == IkeSa.State.READY && !one.children.isEmpty());
        Optional.ofNullable(sa).ifPresent(lifecycle::rekey);
        return sa != null;
    }

    @Override
    public void clear(final @Nullable IpAddress peer, final boolean silent) {
        table.all().stream().filter(sa -> peer == null || sa.path.remote().equals(peer)).forEach(sa -> clear(sa, silent));
    }

    private void clear(final IkeSa sa, final boolean silent) {
        if (silent) {
            lifecycle.close(sa, "cleared", false);
        } else {
            lifecycle.disconnect(sa, "cleared by the user");
        }
    }

    @Override
    public int clearWhere(final Predicate<IkeSaInfo> which, final boolean silent) {
        final List<IkeSa> chosen = table.all().stream().filter(sa -> sa.state != IkeSa.State.DEAD && which.test(info(sa))).toList();
        chosen.forEach(sa -> clear(sa, silent));
        return chosen.size();
    }

    @Override
    public IkeSaDetail detail(final IkeSaInfo info) {
        final IkeSa sa = table.bySpi(info.initiator() ? info.spis().getFirst() : info.spis().getLast());
        return sa == null ? IkeSaDetail.NONE : new IkeSaDetail(sa.session, List.copyOf(sa.children.keySet()), sa.lane.nextId(),
            sa.nextRequest, sa.lane.queued(), sa.fragmentation, sa.nat.local());
    }

    @Override
    public List<IkeSaInfo> ikeSas() {
        return table.all().stream().filter(sa -> sa.state != IkeSa.State.DEAD).sorted((a, b) -> Integer.compare(a.id, b.id))
            .map(Ikev2Service::info).toList();
    }

    private static IkeSaInfo info(final IkeSa sa) {
        final IkeSuite suite = sa.isSecured() ? sa.secured().suite() : null;
        return new IkeSaInfo(sa.id, sa.path, sa.initiator, sa.state.text(), List.of(sa.initiatorSpi(), sa.responderSpi()),
            suite == null ? "" : suite.cipher().text(), suite == null ? "" : suite.prf().hash().text(),
            suite == null ? 0 : suite.group().number(), sa.peerIdentity, sa.nat.found(), sa.createdNanos, sa.seconds);
    }
}
