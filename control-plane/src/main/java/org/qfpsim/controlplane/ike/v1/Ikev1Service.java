package org.qfpsim.controlplane.ike.v1;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeTransport;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * IKEv1 of a router: takes messages in and finds the exchange that each belongs to. Beside it: {@link SaControl} begins and ends ISAKMP
 * SAs, {@link Phase1} and {@link QuickMode} are the exchanges, {@link Informational} notifies and deletes, {@link Upkeep} lifetimes, DPD
 * and keepalives.
 */
public final class Ikev1Service implements IkeService {
    private final Ikev1Context context;

    /**
     * Makes the service of one router.
     *
     * @param config    asked anew for every exchange.
     * @param engine    owns the IPsec SAs.
     * @param transport sends messages.
     * @param timers    the control plane's clock.
     * @param log       system messages and debug lines.
     * @param random    where cookies, nonces, message ids and private values come from.
     * @param keyLog    is told the keys; {@link IkeKeyLog#NONE} normally.
     * @param settings  {@link Ikev1Settings#DEFAULT} normally.
     */
    public Ikev1Service(final IkeConfig config, final IpsecEngine engine, final IkeTransport transport, final Timers timers,
                        final EventLog log, final RandomGenerator random, final IkeKeyLog keyLog, final Ikev1Settings settings) {
        this(new Ikev1Context(config, engine, transport, timers, log, Entropy.of(random), keyLog, settings));
    }

    Ikev1Service(final Ikev1Context context) {
        this.context = context;
    }

    @Override
    public int version() {
        return 1;
    }

    /**
     * A counter's value.
     *
     * @param counter which.
     * @return its value since the start.
     */
    public long count(final Ikev1Counter counter) {
        return context.counted(counter);
    }

    @Override
    public void receive(final IkePath path, final byte[] message) {
        context.count(Ikev1Counter.RECEIVED);
        try {
            dispatch(path, IsakmpMessage.parse(message));
        } catch (final MalformedException e) {
            context.count(e.counter());
            context.debug(path.remote(), () -> "ISAKMP-ERROR: (0):message from " + path.remote() + " dropped: " + e.what());
            context.limited(4, "IKMP_BAD_MESSAGE", "IKE message from " + path.remote() + "  failed its sanity check or is malformed");
        }
    }

    private void dispatch(final IkePath path, final IsakmpMessage message) throws MalformedException {
        final boolean phase1 = message.exchange() == Isakmp.MAIN_MODE || message.exchange() == Isakmp.AGGRESSIVE_MODE;
        if (message.cookieR() == 0 && phase1 && message.messageId() == 0 && !message.encrypted()) {
            first(path, message);
            return;
        }
        final IsakmpSa sa = context.table().find(message.cookieI(), message.cookieR());
        if (sa == null || !sa.path().local().equals(path.local())) {
            stranger(path);
            return;
        }
        final boolean here = sa.path().remote().equals(path.remote());
        context.debug(path.remote(), () -> "ISAKMP-PAK: (" + sa.id() + "):received packet from " + path.remote() + " dport "
            + path.localPort() + " sport " + path.remotePort() + " Global (" + sa.role() + ") " + sa.state());
        final Phase1 exchange = sa.phase1();
        if (phase1 && message.messageId() == 0 && here && exchange != null) {
            exchange.receive(message, path);
        } else if (!message.encrypted() && message.exchange() == Isakmp.INFORMATIONAL) {
            // Anybody can have sent it: at most a hint, and we need none.
            context.count(Ikev1Counter.UNPROTECTED);
            sa.debug(() -> "unprotected Informational message from " + path.remote() + " ignored");
        } else if (message.encrypted() && sa.authenticated() && message.messageId() != 0 && (here || sa.peer().natRemote())) {
            later(sa, path, message);
        } else {
            context.count(Ikev1Counter.UNEXPECTED);
        }
    }

    private void stranger(final IkePath path) {
        context.count(Ikev1Counter.UNKNOWN_COOKIES);
        context.limited(4, "IKMP_NO_SA", "IKE message from " + path.remote() + " has no SA and is not an initialization offer");
    }

    /** The first message of phase 1: a new SA, or the same again. */
    private void first(final IkePath path, final IsakmpMessage message) throws MalformedException {
        final IsakmpSa begun = context.table().begun(message.cookieI(), path.remote());
        final Phase1 earlier = begun == null ? null : begun.phase1();
        if (earlier != null) {
            earlier.receive(message, path);
            return;
        }
        final IpAddress peer = path.remote();
        context.debug(peer, () -> "ISAKMP-PAK: (0):received packet from " + peer + " dport " + path.localPort() + " sport "
            + path.remotePort() + " Global (N) NEW SA");
        if (context.table().find(message.cookieI(), 0) != null) {
            // Our own first message, come back.
            context.count(Ikev1Counter.UNEXPECTED);
            return;
        }
        if (context.config().proposals(1, path.local(), peer).isEmpty()) {
            context.count(Ikev1Counter.UNEXPECTED);
            return;
        }
        if (message.exchange() == Isakmp.AGGRESSIVE_MODE && context.config().aggressiveModeOff()) {
            context.count(Ikev1Counter.REFUSED);
            context.debug(peer, () -> "ISAKMP-ERROR: (0):Aggressive Mode from " + peer + " is disabled");
            return;
        }
        if (context.table().negotiating(false) >= context.config().maxInNegotiation(1)
            || context.table().isFull(context.config().maxSas())) {
            context.count(Ikev1Counter.REFUSED);
            context.limited(4, "IKE_DENY_SA_REQ", "IKE denied an INCOMING SA request from " + peer + " to " + path.local()
                + " due to IKE SA LIMIT REACHED");
            return;
        }
        answer(path, message);
    }

    private void answer(final IkePath path, final IsakmpMessage message) throws MalformedException {
        final boolean aggressive = message.exchange() == Isakmp.AGGRESSIVE_MODE;
        final IsakmpSa sa = new IsakmpSa(context, false, aggressive, path, message.cookieI(), context.entropy().cookie());
        final Phase1 exchange = aggressive ? new AggressiveResponder(sa) : new MainResponder(sa);
        sa.phase1(exchange);
        context.count(Ikev1Counter.ANSWERED);
        context.table().add(sa);
        sa.debug(() -> "Created a peer struct for " + path.remote() + ", peer port " + path.remotePort());
        try {
            exchange.receive(message, path);
        } catch (final MalformedException e) {
            context.control().close(sa, "malformed first message", false);
            throw e;
        }
        if (sa.state() == IsakmpSa.State.MM_NO_STATE || sa.state() == IsakmpSa.State.AG_NO_STATE) {
            context.control().close(sa, "Phase1 SA policy proposal not accepted", false);
            context.limited(6, "IKMP_MODE_FAILURE", "Processing of " + (aggressive ? "Aggressive" : "Main") + " mode failed with peer at "
                + path.remote());
        }
    }

    /** A message of an exchange after phase 1. */
    private void later(final IsakmpSa sa, final IkePath path, final IsakmpMessage message) throws MalformedException {
        final Exchange open = sa.exchanges().get(message.messageId());
        if (open != null) {
            open.receive(message, path);
            return;
        }
        if (message.exchange() == Isakmp.INFORMATIONAL) {
            Informational.receive(sa, message, path);
        } else if (sa.exchanges().repeated(message.messageId()) || !sa.exchanges().hasRoom()) {
            context.count(Ikev1Counter.DUPLICATE);
        } else if (message.exchange() == Isakmp.TRANSACTION) {
            Transaction.accept(sa, message, path);
        } else if (message.exchange() == Isakmp.QUICK_MODE && sa.usable()) {
            final QuickResponder responder = new QuickResponder(sa, message.messageId());
            responder.receive(message, path);
            if (responder.heard()) {
                sa.exchanges().claim(message.messageId());
                if (!responder.done() && !sa.gone()) {
                    sa.exchanges().open(message.messageId(), responder);
                }
            }
        } else {
            context.count(Ikev1Counter.UNEXPECTED);
        }
    }

    @Override
    public void requestChild(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces) {
        context.control().requestChild(new ChildRequest(policy, peer, replaces));
    }

    @Override
    public void requestIkeSa(final IpAddress local, final IpAddress peer, final boolean initialContact, final @Nullable ChildPolicy policy,
                             final Outcome outcome) {
        context.control().requestIkeSa(local, peer, initialContact, outcome);
    }

    @Override
    public boolean hasIkeSa(final IpAddress local, final IpAddress peer) {
        return context.table().usable(local, peer) != null;
    }

    @Override
    public boolean rekeyIkeSa(final IpAddress local, final IpAddress peer) {
        final IsakmpSa up = context.table().usable(local, peer);
        if (up != null) {
            context.control().rekey(up);
        }
        return up != null;
    }

    @Override
    public boolean sendDelete(final IpAddress local, final IpAddress peer, final List<Integer> inboundSpis, final boolean invalidSpi) {
        final IsakmpSa sa = context.table().usable(local, peer);
        if (sa == null) {
            for (final int spi : inboundSpis) {
                context.debug(peer, () -> "ISAKMP-ERROR: (0):ignoring request to send delete notify (no ISAKMP sa) src " + local + " dst "
                    + peer + String.format(" for SPI 0x%08X", spi));
            }
            return false;
        }
        if (!inboundSpis.isEmpty()) {
            Informational.send(sa, List.of(DeleteBody.esp(inboundSpis).payload()));
        }
        return true;
    }

    @Override
    public void clear(final @Nullable IpAddress peer, final boolean silent) {
        context.table().with(peer).forEach(sa -> clear(sa, silent));
    }

    @Override
    public int clearWhere(final Predicate<IkeSaInfo> which, final boolean silent) {
        final List<IsakmpSa> chosen = context.table().with(null).stream().filter(sa -> which.test(sa.info())).toList();
        chosen.forEach(sa -> clear(sa, silent));
        return chosen.size();
    }

    /** Silent is as a crash is: nothing is left of it. */
    private void clear(final IsakmpSa sa, final boolean silent) {
        context.control().close(sa, "BY user command", !silent);
        if (silent) {
            context.departed().forget(sa.id());
        }
    }

    @Override
    public List<IkeSaInfo> departed() {
        return context.departed().list();
    }

    @Override
    public List<IkeSaInfo> ikeSas() {
        return context.table().with(null).stream().map(IsakmpSa::info).sorted(Comparator.comparingInt(IkeSaInfo::id)).toList();
    }
}
