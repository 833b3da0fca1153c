package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.datapath.packet.IpAddress;

/** Begins and ends ISAKMP SAs, and answers those who wait for them. */
final class SaControl {
    private final Ikev1Context context;

    SaControl(final Ikev1Context context) {
        this.context = context;
    }

    /** Quick Mode over the SA that there is; otherwise phase 1 first. */
    void requestChild(final ChildRequest request) {
        final IpAddress local = request.policy().local();
        final IsakmpSa up = context.table().usable(local, request.peer());
        if (up != null) {
            new QuickInitiator(up, request).start();
            return;
        }
        final IsakmpSa coming = context.table().beginning(local, request.peer());
        if (coming != null) {
            coming.waiting().add(request);
            return;
        }
        // Asked when it is to be sent: the peer may have come to us in the meantime.
        begin(local, request.peer(), () -> !context.table().hasMet(request.peer()), request, null);
    }

    /** An ISAKMP SA of its own. */
    void requestIkeSa(final IpAddress local, final IpAddress peer, final boolean initialContact, final IkeService.Outcome outcome) {
        if (context.table().usable(local, peer) != null) {
            outcome.done(true, "");
            return;
        }
        final IsakmpSa coming = context.table().beginning(local, peer);
        if (coming != null) {
            coming.outcomes().add(outcome);
            return;
        }
        begin(local, peer, () -> initialContact, null, outcome);
    }

    /** Replaces an SA that is about to end; nobody waits for it. */
    void rekey(final IsakmpSa old) {
        if (context.table().usable(old.path().local(), old.path().remote()) == old
            && context.table().beginning(old.path().local(), old.path().remote()) == null) {
            begin(old.path().local(), old.path().remote(), () -> false, null, null);
        }
    }

    private void begin(final IpAddress local, final IpAddress peer, final BooleanSupplier initialContact,
                       final @Nullable ChildRequest request, final IkeService.@Nullable Outcome outcome) {
        context.debug(peer, () -> "ISAKMP: (0):SA request profile is (NULL)");
        final IkeConfig.Ezvpn ezvpn = context.config().ezvpn(peer, null);
        final boolean aggressive = context.config().aggressive(peer) || ezvpn != null && ezvpn.client();
        final IsakmpSa sa = new IsakmpSa(context, true, aggressive, IkePath.between(local, peer), context.entropy().cookie(), 0);
        if (request != null) {
            sa.waiting().add(request);
        }
        if (outcome != null) {
            sa.outcomes().add(outcome);
        }
        final String denied = denied(aggressive);
        if (denied != null) {
            context.count(Ikev1Counter.HELD_BACK);
            refuse(sa, denied);
            return;
        }
        final List<Phase1Transform> offers = Phase1Offers.offers(context, local, peer);
        final byte[] psk = context.config().presharedKey(1, peer, null).orElse(null);
        if (offers.isEmpty() || psk == null) {
            sa.debug("ISAKMP-ERROR: ", () -> psk == null ? "No pre-shared key with " + peer + "!" : "No isakmp policy for " + peer + "!");
            refuse(sa, psk == null ? "no pre-shared key for " + peer : "no isakmp policy");
            return;
        }
        context.count(Ikev1Counter.BEGUN);
        context.table().add(sa);
        sa.debug(() -> "Created a peer struct for " + peer + ", peer port " + sa.path().remotePort());
        sa.debug(() -> "found peer pre-shared key matching " + peer);
        final Phase1 exchange = aggressive ? new AggressiveInitiator(sa, psk, offers, initialContact)
            : new MainInitiator(sa, psk, offers, initialContact);
        sa.phase1(exchange);
        exchange.start();
    }

    /** Why we must not begin an exchange; null if we may. */
    private @Nullable String denied(final boolean aggressive) {
        if (aggressive && context.config().aggressiveModeOff()) {
            return "Aggressive Mode is disabled";
        }
        if (context.table().negotiating(true) >= context.config().maxInNegotiation(1)) {
            return "too many IKE exchanges are in negotiation";
        }
        return context.table().isFull(context.config().maxSas()) ? "too many IKE SAs" : null;
    }

    private void refuse(final IsakmpSa sa, final String reason) {
        answer(sa, false, reason);
    }

    /** Phase 1 is complete, and XAUTH too if there is one. */
    void usable(final IsakmpSa sa) {
        sa.state(IsakmpSa.State.QM_IDLE);
        answer(sa, true, "");
    }

    /** The peer has said that it has just come up: everything else with it is void (RFC 2407 section 4.6.3.3). */
    void initialContact(final IsakmpSa sa) {
        sa.debug(() -> "Process initial contact,");
        sa.debug(() -> "bring down existing phase 1 and 2 SA's with local " + sa.path().local() + " remote " + sa.path().remote()
            + " remote port " + sa.path().remotePort());
        for (final IsakmpSa other : context.table().with(sa.path().remote())) {
            if (other != sa && other.authenticated() && other.path().local().equals(sa.path().local())) {
                // It has said that it knows none; if it was wrong (two exchanges at once), this tells it.
                close(other, "Receive initial contact", true);
            }
        }
        context.engine().peerGone(sa.path(), "INITIAL_CONTACT");
    }

    /** The peer has come anew and has not said that the rest is void; perhaps it has lost it all the same. */
    void doubtOthers(final IsakmpSa sa) {
        for (final IsakmpSa other : context.table().with(sa.path().remote())) {
            if (other != sa && other.usable() && other.path().local().equals(sa.path().local())
                && Objects.equals(other.peerIdentity(), sa.peerIdentity())) {
                other.upkeep().doubt();
            }
        }
    }

    /** DPD has had no answer. */
    void dead(final IsakmpSa sa) {
        context.count(Ikev1Counter.DEAD_PEERS);
        sa.debug(() -> "peer " + sa.path().remote() + " not responding!");
        sa.step("IKE_MESG_FROM_TIMER, IKE_TIMER_PEERS_ALIVE", "IKE_DEST_SA");
        context.table().meet(sa.path().remote(), false);
        for (final IsakmpSa each : context.table().with(sa.path().remote())) {
            if (each.path().local().equals(sa.path().local()) && each.authenticated()) {
                close(each, "Peers alive timer", false);
            }
        }
        context.engine().peerSilent(sa.path());
        context.engine().peerGone(sa.path(), "dead peer detection");
    }

    /** Ends an SA; whoever waits for it is told that it came to nothing. */
    void close(final IsakmpSa sa, final String reason, final boolean tell) {
        if (sa.gone()) {
            return;
        }
        final boolean was = sa.authenticated();
        if (was) {
            context.departed().add(sa.info());
        }
        if (tell && was) {
            Informational.send(sa, List.of(DeleteBody.isakmp(sa.cookieI(), sa.cookieR()).payload()));
        }
        sa.debug(() -> "deleting SA reason \"" + reason + "\" state (" + sa.role() + ") " + sa.state() + " (peer "
            + sa.path().remote() + ")");
        final List<Exchange> open = sa.exchanges().all();
        sa.leave();
        context.table().remove(sa);
        final Phase1 phase1 = sa.phase1();
        if (phase1 != null) {
            phase1.stop();
        }
        if (!was) {
            context.table().settled(sa);
            context.count(Ikev1Counter.PHASE1_FAILED);
        }
        open.forEach(exchange -> exchange.abort(reason));
        answer(sa, false, reason);
    }

    private void answer(final IsakmpSa sa, final boolean up, final String reason) {
        final List<IkeService.Outcome> outcomes = new ArrayList<>(sa.outcomes());
        final List<ChildRequest> requests = new ArrayList<>(sa.waiting());
        sa.outcomes().clear();
        sa.waiting().clear();
        outcomes.forEach(outcome -> outcome.done(up, reason));
        for (final ChildRequest request : requests) {
            if (up) {
                new QuickInitiator(sa, request).start();
            } else {
                context.engine().failed(request.policy(), request.peer(), request.replaces(), reason);
            }
        }
    }
}
